package dev.dray.adapter.statefiles;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dray.model.BenchmarkResult;
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

        @JsonProperty(value = "measured-at", required = true)
        String measuredAt) {

    static KeptBenchmark of(String key, BenchmarkResult result) {
        return new KeptBenchmark(
                key,
                result.unitsPerSecond(),
                result.spread(),
                result.roundsPerSecond(),
                result.measuredAt().toString());
    }

    BenchmarkResult result() {
        return new BenchmarkResult(unitsPerSecond, spread, roundsPerSecond, Instant.parse(measuredAt));
    }
}
