package dev.dray.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What a benchmark measured.
///
/// @param unitsPerSecond  throughput the model server sustains, in workload units per second; finite,
///     more than 0
/// @param spread          (largest − smallest) ÷ median of the rounds kept; 0 or more
/// @param roundsPerSecond throughput of each round in the order run, in workload units per second
/// @param firstByte       from the sending of a request to the first byte of the answer's body; of the
///     answers with status 200 in the rounds kept
/// @param endToEnd        from the sending of a request to the end of its answer; of the same answers
/// @param measuredAt      wall-clock time at the end of the last round
public record BenchmarkResult(
        double unitsPerSecond,
        double spread,
        List<Double> roundsPerSecond,
        Latency firstByte,
        Latency endToEnd,
        Instant measuredAt) {
    public BenchmarkResult {
        if (!(unitsPerSecond > 0) || Double.isInfinite(unitsPerSecond)) {
            throw new IllegalArgumentException(
                    "benchmark throughput must be finite and more than 0, got " + unitsPerSecond);
        }
        roundsPerSecond = List.copyOf(roundsPerSecond);
        Objects.requireNonNull(firstByte, "firstByte");
        Objects.requireNonNull(endToEnd, "endToEnd");
        Objects.requireNonNull(measuredAt, "measuredAt");
    }

    /// How long something took, over many requests: each value is 0 or more, and none is less than the
    /// one before it.
    ///
    /// @param p50 half of them took at most this long
    /// @param p95 95 % of them did
    /// @param p99 99 % of them did
    /// @param max the slowest
    public record Latency(Duration p50, Duration p95, Duration p99, Duration max) {
        public Latency {
            if (p50.isNegative() || p95.compareTo(p50) < 0 || p99.compareTo(p95) < 0 || max.compareTo(p99) < 0) {
                throw new IllegalArgumentException(
                        "latency percentiles must be 0 or more and must not fall, got p50=%s p95=%s p99=%s max=%s"
                                .formatted(p50, p95, p99, max));
            }
        }
    }
}
