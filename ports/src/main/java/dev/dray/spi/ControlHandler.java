package dev.dray.spi;

import dev.dray.model.Bytes;
import java.util.Objects;

/// Answers requests at a control port: programs on this machine that talk to the plugin.
///
/// @since 1.0
@FunctionalInterface
public interface ControlHandler {
    /// Answers one request. Called on the request's own thread, many at once.
    ///
    /// @throws Exception is answered 500 and logged with the plugin's name
    Answer handle(Request request) throws Exception;

    /// A request.
    ///
    /// @param method HTTP method in upper case
    /// @param path   decoded, without query
    /// @param body   at most 1 MiB; empty where there is none
    record Request(String method, String path, Bytes body) {
        public Request {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(body, "body");
        }
    }

    /// What it is answered.
    ///
    /// @param status      HTTP status, 200 to 599
    /// @param contentType for example `application/json`; empty for none
    /// @param body        may be empty
    record Answer(int status, String contentType, Bytes body) {
        public Answer {
            Objects.requireNonNull(contentType, "contentType");
            Objects.requireNonNull(body, "body");
        }

        /// A JSON text.
        public static Answer json(int status, String json) {
            return new Answer(status, "application/json; charset=utf-8", Bytes.utf8(json));
        }

        /// A plain text.
        public static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", Bytes.utf8(text));
        }
    }
}
