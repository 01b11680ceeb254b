package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/// Turns readings of the monotonic clock into wall-clock time, by an offset that is taken once.
final class EpochClock {
    private final long originNanos;
    private final double originSeconds;

    EpochClock(Ticker ticker, InstantSource clock) {
        Instant now = clock.instant();
        this.originNanos = ticker.nanos();
        this.originSeconds = now.getEpochSecond() + now.getNano() / 1e9;
    }

    /// Epoch seconds to the microsecond; 0 for a reading of 0, which means that it never came to that.
    double seconds(long nanos) {
        if (nanos == 0) {
            return 0;
        }
        return Math.round((originSeconds + (nanos - originNanos) / 1e9) * 1e6) / 1e6;
    }
}
