package dev.dray.benchmark.report;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// What the worker must cost, most of it against nginx or against its model server in the same run.
final class Targets {
    private static final String NGINX = "nginx";
    private static final String DIRECT = "direct";

    private final String worker;

    /// @param worker name of the contender that is held to them
    Targets(String worker) {
        this.worker = worker;
    }

    List<Target> all() {
        return List.of(
                atLeast("requests/s at c=64, against nginx", 0.75, 1.0, "requests-64", "requests/s", NGINX),
                atMost("CPU per request at c=64, against nginx", 2.0, 1.3, "requests-64", "CPU per request"),
                new Target(
                        "added p50 at c=1, over the model server asked directly",
                        "ms",
                        0.08,
                        0.04,
                        false,
                        results -> compared(results, "requests-1", "p50", DIRECT, Figure::above)),
                atMost(
                        "p99 token delay of 500 streams x 50 tokens/s, against nginx",
                        1.5,
                        1.0,
                        "streams-500",
                        "token delay p99"),
                atMost("CPU per token of 100 streams, against nginx", 1.5, 1.0, "streams-100", "CPU per token"),
                atLeast(
                        "1,000 streams x 50 tokens/s: rate kept, against direct",
                        0.99,
                        1.0,
                        "streams-1000",
                        "tokens/s",
                        DIRECT),
                own("memory per idle open stream", "KB", 20, 10, "idle-streams", "memory per stream"),
                atMost("10 MiB there and back, against nginx", 2.0, 1.2, "body-10", "round trip p50"),
                own(
                        "client gone to model server's connection closed, p99",
                        "ms",
                        50,
                        5,
                        "client-gone",
                        "closed after p99"),
                own("resident, idle after start", "MiB", 90, 60, "start", "resident idle"),
                own("resident, after c=64", "MiB", 160, 110, "start", "resident after c=64"),
                own("exec to listening", "ms", 450, 250, "start", "exec to listening"),
                own(
                        "model's ready line to platform told",
                        "ms",
                        100,
                        20,
                        "start",
                        "model's ready line to platform told"),
                own("memory one stalled reader can hold", "KB", 256, 64, "stalled-readers", "memory per reader"),
                own("growth of resident size under load, after warm-up", "%", 2, 0, "soak", "growth after warm-up"));
    }

    private Target atLeast(String what, double limit, double stretch, String scenario, String name, String other) {
        return new Target(
                what, "x", limit, stretch, true, results -> compared(results, scenario, name, other, Figure::over));
    }

    private Target atMost(String what, double limit, double stretch, String scenario, String name) {
        return new Target(
                what, "x", limit, stretch, false, results -> compared(results, scenario, name, NGINX, Figure::over));
    }

    private Target own(String what, String unit, double limit, double stretch, String scenario, String name) {
        return new Target(
                what,
                unit,
                limit,
                stretch,
                false,
                results -> results.figure(scenario, name, worker).map(Figure::median));
    }

    private Optional<Double> compared(
            Results results,
            String scenario,
            String name,
            String other,
            BiFunction<Figure, Figure, Figure> comparison) {
        return results.figure(scenario, name, worker)
                .flatMap(mine -> results.figure(scenario, name, other)
                        .map(its -> comparison.apply(mine, its).median()));
    }
}
