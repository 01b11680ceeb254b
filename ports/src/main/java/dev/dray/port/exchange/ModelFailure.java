package dev.dray.port.exchange;

import java.util.Objects;

/// Why the model server's answer did not come, or broke.
///
/// @param kind    what happened
/// @param message for a person: what, where, what to do next; never part of a payload
public record ModelFailure(Kind kind, String message) {
    public ModelFailure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    /// The kinds of failure; [#status()] is what the client is told where nothing was relayed yet.
    public enum Kind {
        /// No connection: refused, unreachable, name unknown.
        REFUSED(502),
        CONNECT_TIME_OUT(504),
        FIRST_BYTE_TIME_OUT(504),
        IDLE_TIME_OUT(504),
        TOTAL_TIME_OUT(504),
        /// The connection was reset or closed before the answer was complete.
        RESET(502),
        /// What came is not HTTP, or its framing contradicts itself.
        GARBAGE(502),
        /// A redirect to another origin, or too many.
        REDIRECT(502),
        /// The circuit breaker is open: the model server refused too often a moment ago.
        BREAKER_OPEN(503),
        /// The route is answered inside the worker, and the plugin threw.
        PLUGIN_FAULT(500),
        /// The worker aborted it.
        ABORTED(502),
        /// The client hung up while the answer was being written.
        CLIENT_GONE(502);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /// HTTP status for the client: 500, 502, 503 or 504.
        public int status() {
            return status;
        }
    }
}
