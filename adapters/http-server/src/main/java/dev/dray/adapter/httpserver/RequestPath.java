package dev.dray.adapter.httpserver;

/// The path a request asks for, as the client wrote it: nothing is decoded, joined or resolved, so that two texts are
/// never the same route.
final class RequestPath {
    private RequestPath() {}

    /// Takes scheme and authority off the absolute form (RFC 9112 §3.2.2).
    ///
    /// @param raw the target of the request, without its query
    static String of(String raw) {
        if (raw.startsWith("/")) {
            return raw;
        }
        int authority = raw.indexOf("://");
        if (authority < 0) {
            return raw;
        }
        int path = raw.indexOf('/', authority + 3);
        return path < 0 ? "/" : raw.substring(path);
    }
}
