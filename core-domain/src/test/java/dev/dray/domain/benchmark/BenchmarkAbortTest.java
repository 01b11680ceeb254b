package dev.dray.domain.benchmark;

import static dev.dray.domain.benchmark.BenchmarkRig.AN_HOUR;
import static dev.dray.domain.benchmark.BenchmarkRig.TEN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.BenchmarkPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkAbortTest {
    private final BenchmarkRig rig = new BenchmarkRig();

    @Test
    void abortEndsWhatRunsAndNothingFollows() {
        rig.model.script(number -> number < 4 ? Step.answer(200, Duration.ofMillis(10)) : Step.hang());
        var run = rig.run(8, 4, false, TEN_TOKENS);
        rig.start(run);
        rig.time.pass(Duration.ofMillis(10));
        assertThat(rig.model.running()).isEqualTo(4);

        run.abort();
        run.abort();
        rig.time.pass(AN_HOUR);

        assertThat(rig.model.aborted()).isEqualTo(4);
        assertThat(rig.model.running()).isZero();
        assertThat(rig.model.calls()).hasSize(8);
        assertThat(rig.heard.results).isEmpty();
        assertThat(rig.heard.failures).isEmpty();
    }

    @Test
    void requestThatBeginsAfterTheAbortIsAbortedAtOnce() {
        var run = rig.run(8, 2, false, TEN_TOKENS);
        rig.model.script(_ -> {
            run.abort();
            return Step.hang();
        });

        rig.start(run);

        assertThat(rig.model.calls()).hasSize(1);
        assertThat(rig.model.aborted()).isEqualTo(1);
    }

    @Test
    void requestsThatHaveEndedAreNotAborted() {
        List<String> aborts = new ArrayList<>();
        var watched = rig.run(new BenchmarkPlan(1, 2, false, TEN_TOKENS), new Named(aborts));
        rig.start(watched);

        watched.abort();

        assertThat(aborts).containsExactly("request 2");
    }

    @Test
    void abortBeforeTheStartLeavesNothingToDo() {
        var run = rig.run(8, 2, true, TEN_TOKENS);

        run.abort();
        rig.start(run);

        assertThat(rig.model.calls()).isEmpty();
        assertThat(rig.heard.progress).isEmpty();
    }

    @Test
    void abortWhileTheBurstWaitsForItsTurnLeavesNoTask() {
        var run = rig.run(8, 2, true, TEN_TOKENS);
        run.start();
        assertThat(rig.time.waiting()).isEqualTo(1);

        run.abort();

        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void abortWhilePayloadsAreMadeLaunchesNothingAndAsksForNoMore() {
        var made = new int[1];
        var runs = new BenchmarkRun[1];
        runs[0] = rig.run(8, 4, false, random -> {
            made[0]++;
            runs[0].abort();
            return TEN_TOKENS.next(random);
        });

        rig.runToTheEnd(runs[0]);

        assertThat(made[0]).isEqualTo(1);
        assertThat(rig.model.calls()).isEmpty();
        assertThat(rig.heard.failures).isEmpty();
    }

    /// Ends the first request at once, lets the others hang, and writes down which are aborted.
    private static final class Named implements ModelServer {
        private final List<String> aborts;
        private int launched;

        Named(List<String> aborts) {
            this.aborts = aborts;
        }

        @Override
        public void start(ModelCall call, Exchange exchange) {
            throw new AssertionError("not for the benchmark");
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            int number = ++launched;
            exchange.begun(() -> aborts.add("request " + number));
            if (number == 1) {
                exchange.failed(new ModelFailure(Kind.RESET, "closed"));
            }
        }
    }
}
