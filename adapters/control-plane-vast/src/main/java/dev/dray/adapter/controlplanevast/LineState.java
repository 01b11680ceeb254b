package dev.dray.adapter.controlplanevast;

import io.github.resilience4j.retry.Retry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts how it goes with one kind of request to the platform. Any thread.
final class LineState {
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicInteger failuresInARow = new AtomicInteger();

    /// Counts every attempt that is repeated from now on.
    void watch(Retry retry) {
        retry.getEventPublisher().onRetry(_ -> repeated.incrementAndGet());
    }

    void ended(boolean taken) {
        if (taken) {
            failuresInARow.set(0);
        } else {
            failuresInARow.incrementAndGet();
        }
    }

    PlatformStatus.Line line() {
        return new PlatformStatus.Line(repeated.get(), failuresInARow.get());
    }
}
