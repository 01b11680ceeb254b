package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Turns readings of the monotonic clock into wall-clock time, by an offset that is taken once.
final class EpochClock {
    private final long originNanos;
    private final long originMicros;
    private final Ticker ticker;

    EpochClock(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.originNanos = ticker.nanos();
        this.originMicros = micros(clock.instant());
    }

    /// Epoch microseconds; 0 for a reading of 0, which means that it never came to that.
    long micros(long nanos) {
        return nanos == 0 ? 0 : originMicros + (nanos - originNanos) / 1_000;
    }

    /// Epoch microseconds of this moment.
    long nowMicros() {
        return originMicros + (ticker.nanos() - originNanos) / 1_000;
    }

    /// Epoch seconds to the microsecond, as the platform writes times.
    static double seconds(Instant time) {
        return micros(time) / 1e6;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
