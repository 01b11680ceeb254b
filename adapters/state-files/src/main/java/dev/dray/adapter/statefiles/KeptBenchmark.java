package dev.dray.adapter.statefiles;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A benchmark result as it stands in its file.
record KeptBenchmark(
        @JsonProperty(value = "key", required = true) String key,

        @JsonProperty(value = "units-per-second", required = true)
        double unitsPerSecond,

        @JsonProperty(value = "spread", required = true) double spread,

        @JsonProperty(value = "rounds-per-second", required = true)
        List<Double> roundsPerSecond,

        @JsonProperty(value = "first-byte-nanos", required = true)
        KeptLatency firstByte,

        @JsonProperty(value = "end-to-end-nanos", required = true)
        KeptLatency endToEnd,

        @JsonProperty(value = "measured-at", required = true)
        String measuredAt) {

    static KeptBenchmark of(String key, BenchmarkResult result) {
        return new KeptBenchmark(
                key,
                result.unitsPerSecond(),
                result.spread(),
                result.roundsPerSecond(),
                KeptLatency.of(result.firstByte()),
                KeptLatency.of(result.endToEnd()),
                result.measuredAt().toString());
    }

    BenchmarkResult result() {
        return new BenchmarkResult(
                unitsPerSecond,
                spread,
                roundsPerSecond,
                firstByte.latency(),
                endToEnd.latency(),
                Instant.parse(measuredAt));
    }

    /// Percentiles in nanoseconds, so that no rounding comes between what was measured and what is kept.
    record KeptLatency(
            @JsonProperty(value = "p50", required = true) long p50,

            @JsonProperty(value = "p95", required = true) long p95,

            @JsonProperty(value = "p99", required = true) long p99,

            @JsonProperty(value = "max", required = true) long max) {

        static KeptLatency of(Latency latency) {
            return new KeptLatency(
                    latency.p50().toNanos(),
                    latency.p95().toNanos(),
                    latency.p99().toNanos(),
                    latency.max().toNanos());
        }

        Latency latency() {
            return new Latency(
                    Duration.ofNanos(p50), Duration.ofNanos(p95), Duration.ofNanos(p99), Duration.ofNanos(max));
        }
    }
}
