package dev.dray.app.bench;

import dev.dray.app.inspect.Inspection;
import dev.dray.domain.benchmark.Stage;
import dev.dray.domain.benchmark.SweepResult;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.spi.Concurrency;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// A sweep and what it was made of.
///
/// @param subject what was measured
/// @param result  what it came to
/// @param at      when it ended
public record BenchReport(Subject subject, SweepResult result, Instant at) {
    /// What was measured.
    ///
    /// @param backend  id of the plugin
    /// @param version  of dray
    /// @param url      of the model server
    /// @param route    asked for
    /// @param parallel whether the worker sends several requests at once there
    /// @param burst    requests at once in the worker's own benchmark
    public record Subject(String backend, String version, String url, String route, boolean parallel, int burst) {
        /// What a backend would have measured.
        public static Subject of(Inspection.Complete backend, RoutePlan route, String version) {
            return new Subject(
                    backend.plugin().id(),
                    version,
                    backend.assembly().model().servers().getFirst().url().toString(),
                    route.path(),
                    route.concurrency() instanceof Concurrency.Parallel,
                    BenchProgram.burst(route));
        }
    }

    /// The stages by rising concurrency.
    public List<Stage> stages() {
        return result.stages().stream()
                .sorted(Comparator.comparingInt(Stage::concurrency))
                .toList();
    }
}
