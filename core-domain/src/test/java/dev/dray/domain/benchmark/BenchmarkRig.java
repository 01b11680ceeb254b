package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Bytes;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Benchmark runs against a scripted model server.
final class BenchmarkRig {
    static final Payloads TEN_TOKENS = _ -> Bytes.utf8("{\"max_tokens\": 10}");
    static final Duration AN_HOUR = Duration.ofHours(1);

    final VirtualTime time = new VirtualTime();
    final ScriptedModel model = new ScriptedModel(time);
    final Heard heard = new Heard();
    ScriptedRoute route = new ScriptedRoute(
            "/v1/completions", payload -> payload.numeric("/max_tokens").orElse(0));

    BenchmarkRun run(int runs, int concurrency, boolean warmup, Payloads payloads) {
        return run(new BenchmarkPlan(runs, concurrency, warmup, payloads), model);
    }

    BenchmarkRun run(BenchmarkPlan plan, ModelServer asked) {
        return new BenchmarkRun(
                new BenchmarkRun.Setup("vllm", 0, route, plan, plan.concurrency()),
                new BenchmarkRun.Outside(asked, time, time, time, new SplittableRandom(1)),
                heard);
    }

    /// Begins, and lets happen what takes no time.
    void start(BenchmarkRun run) {
        run.start();
        time.pass(Duration.ZERO);
    }

    void runToTheEnd(BenchmarkRun run) {
        run.start();
        time.pass(AN_HOUR);
    }

    /// Writes down what a run tells.
    static final class Heard implements BenchmarkRun.Listener {
        final List<String> progress = new ArrayList<>();
        final List<BenchmarkResult> results = new ArrayList<>();
        final List<String> failures = new ArrayList<>();

        @Override
        public void progressed(int round, int maxRounds, OptionalDouble unitsPerSecond) {
            String score = unitsPerSecond.isPresent() ? " " + Math.round(unitsPerSecond.getAsDouble()) : "";
            progress.add(round + "/" + maxRounds + score);
        }

        @Override
        public void measured(BenchmarkResult result) {
            results.add(result);
        }

        @Override
        public void failed(String reason) {
            failures.add(reason);
        }

        BenchmarkResult result() {
            assertThat(failures).isEmpty();
            assertThat(results).hasSize(1);
            return results.getFirst();
        }

        String failure() {
            assertThat(results).isEmpty();
            assertThat(failures).hasSize(1);
            return failures.getFirst();
        }
    }
}
