package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.bad;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.reason;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthProbingTest {
    private final ReadinessRig rig = new ReadinessRig();

    @Test
    void beginsOnlyAfterTheBenchmark() {
        rig.benchmarking();
        rig.pass(Duration.ofMillis(399));
        assertThat(rig.health.probes()).isZero();

        rig.pass(Duration.ofMillis(1));
        assertThat(rig.health.inTheAir()).isEqualTo(1);
    }

    @Test
    void waitsForTheFirstGoodProbeAsLongAsItTakesAndSaysWhatTheLastOneSaid() {
        ReadinessDesk desk = rig.verifying();
        rig.news();
        for (int i = 0; i < 1_000; i++) {
            rig.health.answer(bad(i < 500 ? "connection refused" : "status 503"));
            rig.pass(Duration.ofSeconds(1));
        }

        assertThat(rig.news()).containsExactly(VERIFYING + ": connection refused", VERIFYING + ": status 503");
        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(reason(desk)).isEmpty();
    }

    @Test
    void asksEveryTenSecondsWhileGoodAndEverySecondAfterABadProbe() {
        rig.ready();
        rig.pass(Duration.ofMillis(9_999));
        assertThat(rig.health.inTheAir()).isZero();
        rig.pass(Duration.ofMillis(1));
        rig.health.answer(bad("status 500"));

        rig.pass(Duration.ofMillis(999));
        assertThat(rig.health.inTheAir()).isZero();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.health.inTheAir()).isEqualTo(1);
    }

    @Test
    void oneBadProbeDecidesNothing() {
        ReadinessDesk desk = rig.ready();
        rig.pass(Duration.ofSeconds(10));
        rig.health.answer(bad("status 500"));
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());
        rig.pass(Duration.ofSeconds(10));
        rig.health.answer(bad("status 500"));

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
    }

    @Test
    void twoBadProbesInARowAreUnhealthyWithTheLastReason() {
        ReadinessDesk desk = rig.unhealthy();

        assertThat(rig.news()).containsExactly("UNHEALTHY: status 500");
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(bad("connection refused"));
        assertThat(rig.news()).containsExactly("UNHEALTHY: connection refused");
        assertThat(desk.standing().everReady()).isTrue();
    }

    @Test
    void twoGoodProbesInARowRecoverAndKeepTheLoadTime() {
        ReadinessDesk desk = rig.unhealthy();
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.UNHEALTHY);
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
        assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(700));
    }

    @Test
    void probeThatGivesNoReasonStillHasOne() {
        ReadinessDesk desk = rig.ready();
        rig.pass(Duration.ofSeconds(10));
        rig.health.answer(bad(""));
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(bad(""));

        assertThat(reason(desk)).isEqualTo("the health probe failed");
    }

    @Test
    void loadLineWhileUnhealthyChangesNothing() {
        ReadinessDesk desk = rig.unhealthy();
        desk.line(rig.line(LOADED));

        assertThat(state(desk)).isEqualTo(ReadinessState.UNHEALTHY);
    }

    @Test
    void answerFromBeforeANewRunIsIgnoredAndNoSecondProbeIsInTheAir() {
        rig.keep(400);
        ReadinessDesk desk = rig.benchmarking();
        assertThat(rig.health.inTheAir()).isEqualTo(1);
        desk.runBegan(LOG);
        desk.line(new LogLine(1, LOADED, false));
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        assertThat(rig.health.most()).isEqualTo(1);

        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.VERIFYING);
        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.READY);
    }
}
