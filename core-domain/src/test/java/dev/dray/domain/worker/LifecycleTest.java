package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.bad;
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

/// A model server that the plugin brings up itself.
class LifecycleTest {
    private final ReadinessRig rig = new ReadinessRig();

    @BeforeEach
    void enter() {
        rig.signal = new LoadSignal.Enters(rig.lifecycle);
    }

    private ReadinessDesk entering() {
        ReadinessDesk desk = rig.desk();
        desk.start();
        return desk;
    }

    private ReadinessDesk ended(ReadinessDesk desk) {
        desk.drain();
        desk.end(() -> rig.journal.add("over"));
        return desk;
    }

    @Test
    void entersMeasuresAndIsReadyWithTheFirstGoodProbe() {
        ReadinessDesk desk = entering();
        rig.pass(Duration.ofHours(2));
        assertThat(rig.news()).containsExactly("LOADING: waiting for the plugin's life cycle to be entered");
        assertThat(rig.health.probes()).isZero();

        rig.lifecycle.enter();
        rig.pass(Duration.ofMillis(400));
        assertThat(rig.news()).startsWith("BENCHMARKING").endsWith("measured 400", VERIFYING);
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(desk.standing().loadTime()).contains(Duration.ofHours(2).plusMillis(400));
        assertThat(rig.lifecycle.starts()).isEqualTo(1);
    }

    @Test
    void isReadyAtOnceAfterTheBenchmarkWithoutHealthUrl() {
        rig.probesHealth = false;
        ReadinessDesk desk = entering();
        rig.lifecycle.enter();
        rig.pass(Duration.ofMillis(400));

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
    }

    @Test
    void throwFailsForGoodAndExitFollowsOnce() {
        ReadinessDesk desk = entering();
        rig.lifecycle.fail(new IllegalStateException("no GPU\nat all"));

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(reason(desk)).isEqualTo("Lifecycle startup failed: no GPU at all");
        assertThat(rig.lifecycle.stops()).isEqualTo(1);
        rig.lifecycle.exit();
        rig.lifecycle.enter();
        rig.pass(Duration.ofHours(1));
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(rig.lifecycle.starts()).isEqualTo(1);
        assertThat(rig.health.probes()).isZero();

        rig.news();
        ended(desk);
        assertThat(rig.news()).containsExactly("DRAINING", "STOPPED", "over");
        assertThat(rig.lifecycle.stops()).isEqualTo(1);
    }

    @Test
    void throwWithoutAMessageIsNamedByItsClass() {
        ReadinessDesk desk = entering();
        rig.lifecycle.fail(new StackOverflowError());

        assertThat(reason(desk)).isEqualTo("Lifecycle startup failed: java.lang.StackOverflowError");
    }

    @Test
    void drainInterruptsTheEntering() {
        ReadinessDesk desk = entering();
        desk.drain();

        assertThat(rig.lifecycle.stops()).isEqualTo(1);
        rig.lifecycle.fail(new InterruptedException());
        rig.lifecycle.enter();
        assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
    }

    @Test
    void exitsAfterTheLastRequestAndTheEndWaitsForIt() {
        ReadinessDesk desk = entering();
        rig.lifecycle.enter();
        desk.drain();
        assertThat(rig.lifecycle.stops()).isZero();
        rig.news();

        desk.end(() -> rig.journal.add("over"));
        rig.pass(Duration.ofMillis(9_999));
        assertThat(rig.news()).isEmpty();
        rig.lifecycle.exit();

        assertThat(rig.news()).containsExactly("STOPPED", "over");
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void exitThatHangsIsGivenUpAfterTenSeconds() {
        ReadinessDesk desk = entering();
        rig.lifecycle.enter();
        ended(desk);
        rig.news();
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.news()).containsExactly("STOPPED", "over");
        rig.lifecycle.exit();
        assertThat(rig.news()).isEmpty();
    }

    @Test
    void enterThatIgnoresItsInterruptIsGivenUpAfterTenSeconds() {
        ended(entering());
        rig.news();
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.news()).containsExactly("STOPPED", "over");
    }

    @Test
    void endOfAWorkerThatNeverStartedWaitsForNothing() {
        ended(rig.desk());

        assertThat(rig.news()).containsExactly("DRAINING", "STOPPED", "over");
        assertThat(rig.lifecycle.stops()).isZero();
    }

    @Test
    void benchmarkThatFailsIsNotMadeGoodByHealth() {
        rig.model.script(_ -> Step.answer(500, Duration.ofMillis(100)));
        ReadinessDesk desk = entering();
        rig.lifecycle.enter();
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(rig.health.probes()).isZero();
    }

    @Test
    void sickensAndRecoversByHealth() {
        ReadinessDesk desk = entering();
        rig.lifecycle.enter();
        rig.pass(Duration.ofMillis(400));
        rig.health.answer(good());
        rig.pass(Duration.ofSeconds(10));
        rig.health.answer(bad("status 500"));
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(bad("status 500"));
        assertThat(state(desk)).isEqualTo(ReadinessState.UNHEALTHY);
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
    }
}
