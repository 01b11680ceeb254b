package dev.dray.port.outbound;

import dev.dray.model.ErrorSource;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Why the worker answers a request itself instead of relaying an answer.
///
/// @param kind       what happened; decides status and body
/// @param source     who is to blame
/// @param message    for a person: what, what was found, what to do next
/// @param fields     field → message for [Kind#INVALID_PAYLOAD], in the order the plugin gave them; else empty
/// @param retryAfter when to come again, where that helps
public record Refusal(
        Kind kind, ErrorSource source, String message, Map<String, String> fields, Optional<Duration> retryAfter) {
    public Refusal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(message, "message");
        // Keeps the order, which Map.copyOf does not.
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /// A refusal without fields and without advice when to come again.
    public static Refusal of(Kind kind, ErrorSource source, String message) {
        return new Refusal(kind, source, message, Map.of(), Optional.empty());
    }

    /// This refusal with advice when to come again.
    public Refusal retryAfter(Duration delay) {
        return new Refusal(kind, source, message, fields, Optional.of(delay));
    }

    /// The kinds of refusal with their HTTP status and the code of the JSON error body.
    public enum Kind {
        UNVERIFIED(401, "signature-invalid"),
        KEY_MISSING(401, "key-missing"),
        NOT_READY(503, "not-ready"),
        DRAINING(503, "draining"),
        INVALID_PAYLOAD(422, "invalid-payload"),
        UNKNOWN_SESSION(410, "invalid-session"),
        /// The estimated wait is longer than the route's `max-queue-time`.
        WAIT_TOO_LONG(429, "wait-too-long"),
        /// As many sessions are open as `sessions.max` allows.
        SESSIONS_FULL(429, "sessions-full"),
        /// As many requests wait as `limits.queue` allows.
        QUEUE_FULL(429, "queue-full"),
        /// As many requests are in the worker as `limits.concurrent-requests` allows.
        TOO_MANY_REQUESTS(429, "too-many-requests"),
        /// Waited longer than the route's `queue-time-out`.
        EXPELLED(429, "queue-time-out"),
        PLUGIN_FAULT(500, "plugin-fault"),
        WORKER_FAULT(500, "worker-fault"),
        MODEL_FAILED(502, "model-failed"),
        MODEL_UNAVAILABLE(503, "model-unavailable"),
        MODEL_TIME_OUT(504, "model-time-out");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        /// The value of `error.code` in the JSON body.
        public String code() {
            return code;
        }
    }
}
