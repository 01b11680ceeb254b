package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.ERROR_MARKER;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.WAITING;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.reason;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.model.Bytes;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessFailureTest {
    private final ReadinessRig rig = new ReadinessRig();

    @Test
    void errorMarkerDuringTheBenchmarkFailsAtOnceAndAbortsIt() {
        rig.model.script(number -> number == 0 ? Step.answer(200, Duration.ofMillis(100)) : Step.hang());
        ReadinessDesk desk = rig.verifying();
        assertThat(rig.model.running()).isEqualTo(4);

        desk.line(rig.line(BROKEN));

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk)).isEqualTo(ERROR_MARKER);
        assertThat(rig.model.running()).isZero();
        assertThat(rig.model.aborted()).isEqualTo(4);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.model.calls()).hasSize(5);
        assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
    }

    @Test
    void errorMarkerWhileVerifyingStopsProbing() {
        ReadinessDesk desk = rig.verifying();
        desk.line(rig.line(BROKEN));
        rig.health.answer(good());
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(rig.health.probes()).isEqualTo(1);
    }

    @Test
    void errorMarkerAfterReadyIsReportedButServiceStays() {
        ReadinessDesk desk = rig.ready();
        Standing before = desk.standing();
        desk.line(rig.line(BROKEN));

        assertThat(rig.news()).containsExactly("FAILED: " + ERROR_MARKER);
        assertThat(desk.standing().everReady()).isTrue();
        assertThat(desk.standing().draining()).isFalse();
        assertThat(desk.standing().capacityUnitsPerSecond()).isEqualTo(before.capacityUnitsPerSecond());
        assertThat(desk.standing().loadTime()).isEqualTo(before.loadTime());
    }

    @Test
    void firstReasonStays() {
        ReadinessDesk desk = rig.loading();
        desk.line(rig.line(BROKEN));
        desk.line(rig.line("INFO exited: vllm"));

        assertThat(reason(desk)).isEqualTo(ERROR_MARKER);
        assertThat(rig.news()).containsExactly(WAITING, "FAILED: " + ERROR_MARKER);
    }

    @Test
    void loadMarkerLeavesItWithTheKnownBenchmark() {
        ReadinessDesk desk = rig.ready();
        desk.line(rig.line(BROKEN));
        rig.kept.clear();
        rig.pass(Duration.ofSeconds(9));
        rig.news();
        desk.line(rig.line(LOADED));
        rig.health.answer(good());

        assertThat(rig.news()).containsExactly("LOADING", "BENCHMARKING", "known 400", VERIFYING, "READY");
        assertThat(rig.model.calls()).hasSize(13);
        assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(9_700));
    }

    @Test
    void newRunLeavesItAndMeasuresWhatWasNeverMeasured() {
        ReadinessDesk desk = rig.benchmarking();
        desk.line(rig.line(BROKEN));
        rig.news();
        desk.runBegan(LOG);
        desk.line(new LogLine(1, LOADED, false));
        rig.pass(Duration.ofMillis(400));

        assertThat(rig.news()).startsWith(WAITING, "BENCHMARKING", "round 0/3").endsWith("measured 400", VERIFYING);
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void benchmarkWithoutSuccessFailsWithItsReasonAndALaterLoadLineTriesAgain() {
        rig.model.script(number ->
                number < 5 ? Step.answer(500, Duration.ofMillis(100)) : Step.answer(200, Duration.ofMillis(100)));
        ReadinessDesk desk = rig.verifying();

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk))
                .startsWith("No successful responses from benchmark")
                .contains("4 × status 500");
        assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
        assertThat(rig.kept).isEmpty();

        desk.line(rig.line(LOADED));
        rig.pass(Duration.ofMillis(400));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void pluginThatHangsWithItsPayloadsHoldsBackNeitherAnErrorMarkerNorADrain() {
        ReadinessDesk[] desk = new ReadinessDesk[1];
        rig.payloads = _ -> {
            rig.news();
            desk[0].line(rig.line(BROKEN));
            assertThat(rig.news()).as("told while the plugin is busy").containsExactly("FAILED: " + ERROR_MARKER);
            desk[0].drain();
            assertThat(rig.news()).containsExactly("DRAINING");
            return Bytes.utf8("{}");
        };
        desk[0] = rig.loading();
        desk[0].line(rig.line(LOADED));
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk[0])).isEqualTo(ReadinessState.DRAINING);
        assertThat(rig.model.calls()).isEmpty();
    }

    @Test
    void reasonOfAFailedBenchmarkIsOneShortLine() {
        rig.payloads = _ -> {
            throw new IllegalStateException("no\nvoice " + "x".repeat(1_000));
        };
        ReadinessDesk desk = rig.benchmarking();

        assertThat(reason(desk)).hasSize(500).contains("no voice").doesNotContain("\n");
    }

    @Test
    void warmUpThatCannotConnectFails() {
        rig.model.script(_ -> Step.fail(Kind.REFUSED, Duration.ZERO));
        ReadinessDesk desk = rig.benchmarking();

        assertThat(reason(desk)).startsWith("Benchmark failed with error: the warm-up request");
    }

    @Test
    void pluginThatThrowsIsNamed() {
        rig.payloads = _ -> {
            throw new IllegalStateException("no voice set");
        };
        ReadinessDesk desk = rig.benchmarking();

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk)).contains("plugin 'vllm'", "no voice set");
    }
}
