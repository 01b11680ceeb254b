package dev.dray.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/// The spans of one request that was carried to the model server: the worker's own, and inside it the model server's
/// call.
final class RequestTrace {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Span server;
    private final Span call;
    private final LongUnaryOperator epochNanos;

    /// @param epochNanos turns a reading of the monotonic clock into wall-clock time
    RequestTrace(Span server, Span call, LongUnaryOperator epochNanos) {
        this.server = server;
        this.call = call;
        this.epochNanos = epochNanos;
    }

    /// The model server's answer is over.
    ///
    /// @param failure empty where it is complete
    void answered(long nanos, String failure) {
        if (!failure.isEmpty()) {
            call.setAttribute(ERROR_TYPE, failure);
            call.setStatus(StatusCode.ERROR);
        }
        call.end(epochNanos.applyAsLong(nanos), TimeUnit.NANOSECONDS);
    }

    Span server() {
        return server;
    }

    LongUnaryOperator epochNanos() {
        return epochNanos;
    }
}
