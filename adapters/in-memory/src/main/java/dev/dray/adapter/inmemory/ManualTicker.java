package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Time that stands still until it is told to pass: monotonic readings and wall clock move together.
public final class ManualTicker implements Ticker, InstantSource {
    /// One second before the readings wrap, so that a comparison without subtraction shows at once.
    private static final long NEAR_OVERFLOW = Long.MAX_VALUE - 1_000_000_000L;

    private static final Instant WALL_CLOCK_AT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong passedNanos = new AtomicLong();

    @Override
    public long nanos() {
        return NEAR_OVERFLOW + passedNanos.get();
    }

    @Override
    public Instant instant() {
        return WALL_CLOCK_AT_START.plusNanos(passedNanos.get());
    }

    /// Lets time pass; timers do not notice, see [ManualTimers#advance(Duration)].
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time passes forwards only, got " + duration);
        }
        advanceNanos(duration.toNanos());
    }

    void advanceNanos(long nanos) {
        passedNanos.addAndGet(nanos);
    }

    /// Nanoseconds passed since this ticker was made.
    public long passedNanos() {
        return passedNanos.get();
    }

    /// Time passed since this ticker was made.
    public Duration passed() {
        return Duration.ofNanos(passedNanos.get());
    }
}
