package dev.dray.app.bench;

import dev.dray.domain.benchmark.Advice;
import dev.dray.domain.benchmark.Distribution;
import dev.dray.domain.benchmark.Saturation;
import dev.dray.domain.benchmark.Stage;
import dev.dray.domain.benchmark.SweepResult;
import dev.dray.domain.benchmark.SweepResult.Ending;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reports of a model server with four slots, ten units for each request of a second.
final class Measured {
    static final Instant AT = Instant.parse("2026-11-24T03:30:48Z");

    private String backend = "vllm";
    private boolean parallel = true;
    private Ending ending = Ending.COMPLETE;
    private String reason = "";
    private Saturation saturation = new Saturation(4, 8, 40.5, true, OptionalInt.empty());
    private Optional<Advice> advice = Optional.of(new Advice(4, Duration.ofSeconds(1), OptionalInt.empty()));

    Measured backend(String id) {
        backend = id;
        return this;
    }

    Measured serial() {
        parallel = false;
        return this;
    }

    Measured failed(String why) {
        ending = Ending.FAILED;
        reason = why;
        advice = Optional.empty();
        return this;
    }

    Measured found(Saturation found, Advice advised) {
        saturation = found;
        advice = Optional.of(advised);
        return this;
    }

    BenchReport report() {
        var latency =
                new Latency(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3));
        var capacity = new BenchmarkResult(33.3, 0.02, List.of(33.0, 33.3, 33.6), latency, latency, AT);
        List<Stage> stages = List.of(
                stage(1, 10, Stage.End.STABLE, Map.of()),
                stage(8, 40.5, Stage.End.UNSTABLE, Map.of("status 429", 2)),
                stage(4, 40, Stage.End.STABLE, Map.of()));
        return new BenchReport(
                new BenchReport.Subject(
                        backend, "0.1.0", "http://127.0.0.1:18000", "/v1/completions", parallel, parallel ? 10 : 1),
                new SweepResult(ending, reason, Optional.of(capacity), stages, true, Optional.of(saturation), advice),
                AT);
    }

    private static Stage stage(int concurrency, double unitsPerSecond, Stage.End end, Map<String, Integer> failed) {
        Distribution times = Distribution.of(List.of(1e9, 1.1e9, 2e9));
        return new Stage(
                concurrency,
                end,
                new Stage.Answers(12, failed),
                new Stage.Throughput(
                        unitsPerSecond,
                        unitsPerSecond / 10,
                        OptionalDouble.of(unitsPerSecond),
                        0.031,
                        List.of(unitsPerSecond, unitsPerSecond)),
                new Stage.Times(
                        Optional.of(Distribution.of(List.of(5e4, 12.5e6, 1.5e8))),
                        Optional.empty(),
                        Optional.of(times)));
    }
}
