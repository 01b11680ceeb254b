package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import java.util.Locale;
import java.util.Set;

/// Which header fields of a client reach the model server: an allow-list, so that nothing leaks that nobody thought
/// of.
final class ForwardedHeaders {
    /// Trace context, request id and the wish for a media type. `Accept-Encoding` goes too, but is always sent.
    private static final Set<String> ALWAYS = Set.of("accept", "traceparent", "tracestate", "baggage", "x-request-id");

    /// Written by the client of this module itself, or about one connection only.
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "accept-encoding");

    /// Keys that a client shows to dray are not the model server's business.
    private static final Set<String> SECRETS = Set.of("authorization", "proxy-authorization", "user-agent");

    private final Set<String> named;

    ForwardedHeaders(Set<String> named) {
        this.named = named;
    }

    boolean pass(HeaderField field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return ALWAYS.contains(name) || named.contains(name);
    }

    /// @throws IllegalArgumentException if a client's field of this name must never go on
    static void requireForwardable(String name) {
        if (OURS.contains(name) || SECRETS.contains(name) || name.startsWith("proxy-")) {
            throw new IllegalArgumentException("'model.forward-headers' names '" + name
                    + "'; expected a header that is neither about the connection nor a key of dray's clients; "
                    + "remove it, or set a fixed value in 'model.headers'");
        }
    }

    /// @throws IllegalArgumentException if the field cannot be a fixed one
    static void requireSettable(HeaderField field) {
        if (OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'model.headers' sets '" + field.name()
                    + "', which dray writes itself for each request; remove it");
        }
        if (!HeadWriter.isName(field.name()) || !HeadWriter.isValue(field.value())) {
            throw new IllegalArgumentException("'model.headers' sets '" + HeadWriter.printable(field.name())
                    + "', whose name or value contains characters that HTTP forbids; "
                    + "expected a token and printable Latin-1 text; correct it");
        }
    }
}
