package dev.dray.domain.benchmark;

import dev.dray.domain.rig.CrowdedModel;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Bytes;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Sweeps in virtual time, against model servers whose saturation is known.
final class SweepRig {
    static final Duration ENOUGH = Duration.ofHours(3);

    final VirtualTime time = new VirtualTime();
    final Heard heard = new Heard();
    SweepLimits limits = new SweepLimits(256, Duration.ofHours(2), Duration.ofMinutes(5), 0.05, Optional.empty());
    Payloads payloads = _ -> Bytes.utf8("{\"max_tokens\": 10}");
    boolean streams;

    private final ScriptedRoute route = new ScriptedRoute(
            "/v1/completions", payload -> payload.numeric("/max_tokens").orElse(0));

    Sweep sweep(CrowdedModel model) {
        var plan = new BenchmarkPlan(4, 2, false, payloads);
        return new Sweep(
                new Sweep.Setup(
                        new BenchmarkRun.Setup("vllm", 0, route, plan, plan.concurrency()),
                        limits,
                        streams,
                        Pieces::new),
                new BenchmarkRun.Outside(model, time, time, time, new SplittableRandom(1)),
                heard);
    }

    SweepResult run(CrowdedModel model) {
        sweep(model).start();
        time.pass(ENOUGH);
        return heard.result();
    }

    /// Each byte is a piece of text and a token.
    private static final class Pieces implements TokenCounter {
        private long count;

        Pieces(ResponseHead head) {}

        @Override
        public void read(byte[] array, int offset, int length) {
            count += length;
        }

        @Override
        public long pieces() {
            return count;
        }

        @Override
        public long tokens() {
            return count;
        }
    }

    /// Writes down what a sweep tells.
    static final class Heard implements Sweep.Listener {
        final List<BenchmarkResult> capacities = new ArrayList<>();
        final List<Stage> stages = new ArrayList<>();
        private final List<SweepResult> results = new ArrayList<>();

        @Override
        public void measured(BenchmarkResult result) {
            capacities.add(result);
        }

        @Override
        public void staged(Stage stage) {
            stages.add(stage);
        }

        @Override
        public void ended(SweepResult result) {
            results.add(result);
        }

        boolean isOver() {
            return !results.isEmpty();
        }

        SweepResult result() {
            if (results.size() != 1) {
                throw new AssertionError("ended %d times".formatted(results.size()));
            }
            return results.getFirst();
        }
    }
}
