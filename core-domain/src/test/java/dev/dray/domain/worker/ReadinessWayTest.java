package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.WAITING;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.model.ReadinessState;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReadinessWayTest {
    private final ReadinessRig rig = new ReadinessRig();

    @Test
    void comesToReadyThroughEveryStateInOrder() {
        ReadinessDesk desk = rig.verifying();
        rig.health.answer(good());

        assertThat(rig.news())
                .containsExactly(
                        WAITING,
                        "BENCHMARKING",
                        "round 0/3",
                        "round 1/3 400",
                        "round 2/3 400",
                        "round 3/3 400",
                        "saved",
                        "measured 400",
                        VERIFYING,
                        "READY");
        assertThat(desk.standing().everReady()).isTrue();
        assertThat(desk.standing().capacityUnitsPerSecond())
                .hasValue(desk.benchmark().orElseThrow().unitsPerSecond());
        assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(400));
    }

    @Test
    void waitsForTheLogBeforeItStartsAndSaysSo() {
        ReadinessDesk desk = rig.desk();
        desk.start();
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.STARTING);
        assertThat(desk.standing().readiness().reason()).isEqualTo("waiting for the model server's log to begin");
        assertThat(desk.standing().loadTime()).isEmpty();
        assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
    }

    @Test
    void isReadyAtOnceAfterTheBenchmarkWithoutHealthUrl() {
        rig.probesHealth = false;
        ReadinessDesk desk = rig.verifying();

        assertThat(rig.news()).endsWith("measured 400", "VERIFYING", "READY");
        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(rig.health.probes()).isZero();
    }

    @Test
    void measuresSerialRoutesOneByOne() {
        rig.concurrency = Concurrency.serial();
        rig.verifying();

        assertThat(rig.model.most()).isEqualTo(1);
    }

    @Test
    void knownResultIsNotMeasuredAgain() {
        rig.keep(812);
        ReadinessDesk desk = rig.benchmarking();

        assertThat(rig.news()).containsExactly(WAITING, "BENCHMARKING", "known 812", VERIFYING);
        assertThat(rig.model.calls()).isEmpty();
        assertThat(desk.standing().capacityUnitsPerSecond()).hasValue(812);
        assertThat(desk.benchmark()).isPresent();
    }

    @Test
    void pinnedCapacityIsNotMeasured() {
        rig.pinned = OptionalDouble.of(99);
        ReadinessDesk desk = rig.benchmarking();

        assertThat(rig.news()).containsExactly(WAITING, "BENCHMARKING", VERIFYING);
        assertThat(rig.model.calls()).isEmpty();
        assertThat(desk.standing().capacityUnitsPerSecond()).hasValue(99);
        assertThat(desk.benchmark()).isEmpty();
    }

    @Test
    void backendWithoutBenchmarkGoesOnWithoutCapacity() {
        rig.benchmarked = false;
        ReadinessDesk desk = rig.benchmarking();
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(desk.standing().capacityUnitsPerSecond()).isEmpty();
    }

    @Test
    void secondLoadLineWhileMeasuringMeasuresNothing() {
        ReadinessDesk desk = rig.benchmarking();
        desk.line(rig.line(LOADED));
        rig.pass(Duration.ofMillis(400));
        desk.line(rig.line(LOADED));

        assertThat(rig.model.calls()).hasSize(13);
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void infoLineIsNoted() {
        ReadinessDesk desk = rig.loading();
        rig.news();
        desk.line(rig.line("{\"message\":\"Download 3 GB\"}"));

        assertThat(rig.news()).containsExactly("noted \"message\":\"Download in {\"message\":\"Download 3 GB\"}");
    }

    @Test
    void callbacksInsideTheCallsComeToReadyInTheSameOrder() {
        rig.model.script(_ -> Step.answer(200, Duration.ZERO));
        rig.health.answerInline(good());
        ReadinessDesk desk = rig.benchmarking();

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(rig.changes.stream().map(change -> change.to().state()))
                .containsExactly(
                        ReadinessState.LOADING,
                        ReadinessState.BENCHMARKING,
                        ReadinessState.VERIFYING,
                        ReadinessState.READY);
        assertThat(rig.news()).containsSubsequence("round 3/3 40000000000", "saved", VERIFYING, "READY");
    }

    @Test
    void listenerThatComesBackHearsLaterEventsLater() {
        ReadinessDesk desk = rig.loading();
        rig.onEvent = () -> {
            if (state(desk) == ReadinessState.BENCHMARKING) {
                desk.drain();
            }
        };
        rig.news();
        desk.line(rig.line(LOADED));

        assertThat(rig.news()).containsExactly("BENCHMARKING", "DRAINING");
        assertThat(rig.model.calls()).isEmpty();
    }
}
