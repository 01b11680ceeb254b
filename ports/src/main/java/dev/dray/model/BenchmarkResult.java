package dev.dray.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What a benchmark measured.
///
/// @param unitsPerSecond  throughput the model server sustains, in workload units per second; finite, more than 0
/// @param spread          (largest − smallest) ÷ median of the rounds kept; 0 or more
/// @param roundsPerSecond throughput of each round in the order run, in workload units per second
/// @param measuredAt      wall-clock time at the end of the last round
public record BenchmarkResult(double unitsPerSecond, double spread, List<Double> roundsPerSecond, Instant measuredAt) {
    public BenchmarkResult {
        if (!(unitsPerSecond > 0) || Double.isInfinite(unitsPerSecond)) {
            throw new IllegalArgumentException(
                    "benchmark throughput must be finite and more than 0, got " + unitsPerSecond);
        }
        roundsPerSecond = List.copyOf(roundsPerSecond);
        Objects.requireNonNull(measuredAt, "measuredAt");
    }
}
