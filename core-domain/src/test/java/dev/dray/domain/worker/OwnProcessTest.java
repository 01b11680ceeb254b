package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.ERROR_MARKER;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.reason;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A model server that the worker starts itself.
class OwnProcessTest {
    private static final String WAITING = "LOADING: waiting for a load marker in vllm serve";

    private final ReadinessRig rig = new ReadinessRig();

    @BeforeEach
    void startItOurselves() {
        rig.signal = new LoadSignal.OwnProcess();
    }

    private ReadinessDesk started() {
        ReadinessDesk desk = rig.desk();
        desk.start();
        return desk;
    }

    private void load() {
        rig.process.say(LOADED);
        rig.pass(Duration.ofMillis(400));
        rig.health.answer(good());
    }

    private ReadinessDesk served() {
        ReadinessDesk desk = started();
        load();
        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        rig.news();
        return desk;
    }

    @Test
    void itsOutputIsTheLog() {
        ReadinessDesk desk = started();
        assertThat(rig.news()).containsExactly(WAITING);

        load();

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(rig.process.starts()).isEqualTo(1);
    }

    @Test
    void isNotStartedBeforeTheWorker() {
        rig.desk();

        assertThat(rig.process.starts()).isZero();
    }

    @Test
    void itsEndIsAFailureThatNamesHowItEndedAndItsLastLines() {
        ReadinessDesk desk = started();
        rig.process.end("exited with status 1", "Traceback", "", "ValueError: no such model");

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk))
                .isEqualTo("the model server's process exited with status 1; it is started again in 1 s;"
                        + " its last lines: Traceback | ValueError: no such model");
    }

    @Test
    void itsEndInTheBenchmarkAbortsTheBenchmark() {
        rig.model.script(_ -> Step.hang());
        ReadinessDesk desk = started();
        rig.process.say(LOADED);
        rig.pass(Duration.ZERO);
        assertThat(rig.model.running()).isEqualTo(1);

        rig.process.end("was killed by signal 9");

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(rig.model.aborted()).isEqualTo(1);
    }

    @Test
    void itsEndWhileReadyFailsAtOnceAndTheNextRunServesWithTheKnownBenchmark() {
        ReadinessDesk desk = served();
        rig.process.end("was killed by signal 9");

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(desk.standing().everReady()).isTrue();
        rig.news();
        rig.pass(Duration.ofSeconds(1));
        load();

        assertThat(rig.news()).containsExactly(WAITING, "BENCHMARKING", "known 400", VERIFYING, "READY");
        assertThat(rig.model.calls()).hasSize(13);
    }

    @Test
    void healthSaysNothingBeforeTheNextRunHasLoaded() {
        served();
        rig.process.end("was killed by signal 9");
        rig.pass(Duration.ofHours(1));

        assertThat(rig.health.inTheAir()).isZero();
        assertThat(rig.process.isRunning()).isTrue();
    }

    @Test
    void startsItAgainAfterOneTwoFourAndEightSecondsThenGivesUp() {
        ReadinessDesk desk = started();
        for (int seconds = 1; seconds <= 8; seconds *= 2) {
            rig.process.end("exited with status 1");
            rig.pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(rig.process.isRunning()).isFalse();
            rig.pass(Duration.ofNanos(1));
            assertThat(rig.process.isRunning()).isTrue();
            assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        }
        rig.process.end("exited with status 1", "no GPU");
        rig.pass(Duration.ofHours(1));

        assertThat(rig.process.starts()).isEqualTo(5);
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk))
                .isEqualTo("the model server's process exited with status 1; that was end 5 within 10 minutes: it is"
                        + " not started again before the worker is; its last lines: no GPU");
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void pauseFallsBackToASecondOnceItWasReady() {
        started();
        for (int i = 0; i < 2; i++) {
            rig.process.end("exited with status 1");
            rig.pass(Duration.ofSeconds(2));
        }
        load();
        rig.process.end("exited with status 1");
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.process.isRunning()).isTrue();
    }

    @Test
    void processThatCannotBeStartedIsTriedAgainAndSaysSo() {
        rig.process.cannotStart();
        ReadinessDesk desk = started();
        assertThat(rig.news())
                .containsExactly(
                        "LOADING",
                        "FAILED: the model server's process could not be started: no such file;"
                                + " it is started again in 1 s");
        rig.pass(Duration.ofSeconds(1));
        assertThat(reason(desk)).contains("again in 2 s");
        rig.pass(Duration.ofHours(1));

        assertThat(rig.process.starts()).isEqualTo(5);
        assertThat(reason(desk)).contains("that was end 5");
    }

    @Test
    void itsEndAfterAnErrorMarkerIsConsequenceButTheNextRunsIsNews() {
        ReadinessDesk desk = started();
        rig.process.say(BROKEN);
        rig.process.end("exited with status 1");
        assertThat(reason(desk)).isEqualTo(ERROR_MARKER);

        rig.pass(Duration.ofSeconds(1));
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        rig.process.end("exited with status 2");
        assertThat(reason(desk)).contains("exited with status 2");
    }

    @Test
    void givingUpIsToldEvenAfterAnErrorMarker() {
        ReadinessDesk desk = started();
        for (int i = 0; i < 5; i++) {
            rig.process.say(BROKEN);
            rig.process.end("exited with status 1");
            rig.pass(Duration.ofSeconds(10));
        }

        assertThat(reason(desk)).contains("that was end 5");
    }

    @Test
    void itsEndWhileTheWorkerDrainsIsNoFailureAndNothingIsStarted() {
        ReadinessDesk desk = served();
        desk.drain();
        rig.process.end("was killed by signal 15");
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
        assertThat(rig.process.starts()).isEqualTo(1);
    }

    @Test
    void drainCancelsTheRestart() {
        ReadinessDesk desk = started();
        rig.process.end("exited with status 1");
        desk.drain();

        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void isStoppedAtTheEndOfTheWorkerWhichWaitsForIt() {
        rig.process.holdStops();
        ReadinessDesk desk = served();
        desk.drain();
        assertThat(rig.process.graces()).isEmpty();

        desk.end(() -> rig.journal.add("over"));
        assertThat(rig.process.graces()).containsExactly(Duration.ofSeconds(5));
        assertThat(rig.news()).containsExactly("DRAINING");
        rig.process.letStop();

        assertThat(rig.news()).containsExactly("STOPPED", "over");
        assertThat(rig.process.isRunning()).isFalse();
    }

    @Test
    void endOfAWorkerThatNeverStartedWaitsForNothing() {
        ReadinessDesk desk = rig.desk();
        desk.drain();
        desk.end(() -> rig.journal.add("over"));

        assertThat(rig.news()).containsExactly("DRAINING", "STOPPED", "over");
        assertThat(rig.process.starts()).isZero();
    }
}
