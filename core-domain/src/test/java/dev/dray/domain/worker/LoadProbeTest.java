package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.ERROR_MARKER;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.WAITING;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.reason;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LoadProbeTest {
    private static final String FIRST = "http://127.0.0.1:8188/system_stats";
    private static final String SECOND = "http://127.0.0.1:18288/health";

    private final ReadinessRig rig = new ReadinessRig();

    /// Rounds at 5, 7, 9 … 19 s, given up at 20 s.
    LoadProbeTest() {
        rig.pinned = OptionalDouble.of(1);
        rig.loadProbe = Optional.of(new ReadinessProbe(
                List.of(FIRST, SECOND), seconds(5), seconds(2), Duration.ofMillis(500), seconds(20)));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void both(boolean well) {
        rig.health.listening(FIRST, well);
        rig.health.listening(SECOND, well);
    }

    @Test
    void countsAsLoadMarkerOnceAllAreWellInOneRound() {
        ReadinessDesk desk = rig.loading();
        rig.health.listening(FIRST, true);
        rig.pass(seconds(6));
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        both(true);
        rig.pass(seconds(1));

        assertThat(rig.news())
                .containsExactly(WAITING, "BENCHMARKING", "VERIFYING: waiting for the model server's health");
        assertThat(rig.health.questions()).isEqualTo(4);
        rig.health.answer(good());
        assertThat(desk.standing().loadTime()).contains(seconds(7));
    }

    @Test
    void asksNothingBeforeItsDelayIsOver() {
        both(true);
        rig.loading();
        rig.pass(Duration.ofMillis(4_999));
        assertThat(rig.health.questions()).isZero();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.health.questions()).isEqualTo(2);
    }

    @Test
    void worksBeforeTheLogShowsAnything() {
        both(true);
        ReadinessDesk desk = rig.desk();
        desk.start();
        rig.pass(seconds(5));

        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void stopsWhenTheLogIsFirst() {
        ReadinessDesk desk = rig.loading();
        rig.pass(seconds(5));
        desk.line(rig.line(LOADED));
        both(true);
        rig.pass(seconds(60));

        assertThat(rig.health.questions()).isEqualTo(2);
        assertThat(rig.news()).filteredOn("BENCHMARKING"::equals).hasSize(1);
    }

    @Test
    void loadMarkerAfterItChangesNothing() {
        both(true);
        ReadinessDesk desk = rig.loading();
        rig.pass(seconds(5));
        desk.line(rig.line(LOADED));

        assertThat(rig.news()).filteredOn("BENCHMARKING"::equals).hasSize(1);
    }

    @Test
    void givesUpAtItsDeadlineAndLeavesTheWordToTheLog() {
        ReadinessDesk desk = rig.loading();
        rig.health.listening(FIRST, true);
        rig.pass(seconds(20));
        assertThat(rig.health.questions()).isEqualTo(16);
        assertThat(reason(desk))
                .isEqualTo("waiting for a load marker in " + LOG + "; the readiness probe gave up after 20 s: " + SECOND
                        + ": nobody listens at " + SECOND);
        both(true);
        rig.pass(seconds(600));
        assertThat(rig.health.questions()).isEqualTo(16);
        assertThat(rig.time.waiting()).isZero();

        desk.line(rig.line(LOADED));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void beginsAnewWithEachRunOfTheLog() {
        ReadinessDesk desk = rig.loading();
        rig.pass(seconds(4));
        desk.runBegan(LOG);
        rig.pass(seconds(4));
        assertThat(rig.health.questions()).isZero();
        both(true);
        rig.pass(seconds(1));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);

        rig.health.answer(good());
        both(false);
        desk.runBegan(LOG);
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        rig.pass(seconds(7));
        both(true);
        rig.pass(seconds(2));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void failureEndsItUntilTheNextRun() {
        ReadinessDesk desk = rig.loading();
        desk.line(rig.line(BROKEN));
        both(true);
        rig.pass(seconds(60));
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk)).contains(ERROR_MARKER);
        assertThat(rig.health.questions()).isZero();

        desk.runBegan(LOG);
        rig.pass(seconds(5));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }

    @Test
    void endsOnDrain() {
        both(true);
        ReadinessDesk desk = rig.loading();
        desk.drain();
        rig.pass(seconds(60));

        assertThat(rig.health.questions()).isZero();
        assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
    }

    @Test
    void standsForTheLogWhereThereIsNeitherLogNorHealth() {
        rig.signal = new LoadSignal.Health();
        rig.probesHealth = false;
        ReadinessDesk desk = rig.desk();
        desk.start();
        assertThat(reason(desk)).isEqualTo("waiting for the readiness probe");
        both(true);
        rig.pass(seconds(5));

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
    }

    @Test
    void ownProcessIsProbedWithEachStart() {
        rig.signal = new LoadSignal.OwnProcess();
        both(true);
        ReadinessDesk desk = rig.desk();
        desk.start();
        rig.pass(seconds(5));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        rig.process.end("exited with status 1");
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        rig.pass(seconds(1));
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        rig.pass(seconds(5));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
    }
}
