package dev.dray.domain.benchmark;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How far a [Sweep] may go.
///
/// @param concurrency most requests in flight; 1 or more
/// @param total       for all of it; positive
/// @param stage       for one stage, but at least one round is finished; positive
/// @param errorShare  of the answers of a stage that may be bad; 0 to 0.5. Beyond it the stage is broken off
/// @param latency     longest end-to-end time (p95) that is acceptable; empty: any
public record SweepLimits(
        int concurrency, Duration total, Duration stage, double errorShare, Optional<Duration> latency) {
    /// 256 in flight, ten minutes, half a minute for a stage, 5 % bad answers, any latency.
    public static final SweepLimits DEFAULT =
            new SweepLimits(256, Duration.ofMinutes(10), Duration.ofSeconds(30), 0.05, Optional.empty());

    public SweepLimits {
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(latency, "latency");
        if (concurrency < 1 || !total.isPositive() || !stage.isPositive() || !(errorShare >= 0 && errorShare <= 0.5)) {
            throw new IllegalArgumentException(
                    "limits need 1 or more in flight, positive times and a share from 0 to 0.5, got %d, %s, %s, %s"
                            .formatted(concurrency, total, stage, errorShare));
        }
    }
}
