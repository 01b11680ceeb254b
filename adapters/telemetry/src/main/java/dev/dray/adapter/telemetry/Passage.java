package dev.dray.adapter.telemetry;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One request from its admission to its end: what its record does not say.
///
/// Written by the thread that carries the request; read when it ends, mostly by the same. Where another thread ends it,
/// a client's hang-up, the last chunk may not be counted.
final class Passage {
    private final long arrivedNanos;
    private final AtomicReference<@Nullable RequestTrace> trace = new AtomicReference<>();
    private volatile @Nullable TokenReader reader;
    private volatile long firstTokenNanos;
    private volatile long lastTokenNanos;

    /// @param arrivedNanos reading of the monotonic clock when the head had been read
    Passage(long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    void begin(TokenReader newReader) {
        reader = newReader;
    }

    /// Text came.
    void token(long nanos) {
        if (firstTokenNanos == 0) {
            firstTokenNanos = nanos;
        }
        lastTokenNanos = nanos;
    }

    /// Reading of the monotonic clock; 0 where none came, or none that can be read.
    long firstTokenNanos() {
        return firstTokenNanos;
    }

    long lastTokenNanos() {
        return lastTokenNanos;
    }

    /// Tokens of the prompt, or [JsonScan#NONE].
    long input() {
        TokenReader present = reader;
        return present == null ? JsonScan.NONE : present.input();
    }

    /// Tokens the model wrote, or [JsonScan#NONE].
    long output() {
        TokenReader present = reader;
        return present == null ? JsonScan.NONE : present.output();
    }

    void follow(RequestTrace newTrace) {
        trace.set(newTrace);
    }

    /// Its spans, where it has any.
    Optional<RequestTrace> trace() {
        return Optional.ofNullable(trace.get());
    }
}
