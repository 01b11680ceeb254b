package dev.dray.adapter.modelclient;

import java.net.URI;
import java.util.Locale;

/// Scheme, host and port of a model server, and the path its routes hang under.
///
/// @param secure whether connections are TLS
/// @param host   name or address, without the brackets of IPv6
/// @param port   1 to 65535
/// @param path   prefix of every route; empty, or begins with a slash and does not end with one
record Origin(boolean secure, String host, int port, String path) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// Reads `http://host:port/prefix`.
    ///
    /// @throws IllegalArgumentException if the URL is not an absolute http or https one with a host
    static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if ((!secure && !scheme.equals("http")) || url.getHost() == null) {
            throw new IllegalArgumentException("model server URL '" + url
                    + "' cannot be used; expected http://host:port or https://host:port; correct 'model.url'");
        }
        String host = url.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new Origin(secure, host.toLowerCase(Locale.ROOT), port, path);
    }

    /// Whether both are the same scheme, host and port (RFC 6454 §5).
    boolean sameAs(Origin other) {
        return secure == other.secure && port == other.port && host.equals(other.host);
    }

    /// Value of the `Host` header field, RFC 9110 §7.2.
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
    }

    /// Scheme, host and port, without a path.
    String root() {
        return (secure ? "https://" : "http://") + authority();
    }

    @Override
    public String toString() {
        return root() + path;
    }
}
