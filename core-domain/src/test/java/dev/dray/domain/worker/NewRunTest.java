package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.VERIFYING;
import static dev.dray.domain.worker.ReadinessRig.WAITING;
import static dev.dray.domain.worker.ReadinessRig.bad;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NewRunTest {
    private final ReadinessRig rig = new ReadinessRig();

    @Test
    void benchmarkInProgressIsEnded() {
        ReadinessDesk desk = rig.benchmarking();
        desk.runBegan(LOG);
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        assertThat(rig.model.aborted()).isEqualTo(1);
        assertThat(rig.model.calls()).hasSize(1);
    }

    @Test
    void workerThatWasReadyKeepsCapacityLoadTimeAndService() {
        ReadinessDesk desk = rig.ready();
        Standing before = desk.standing();
        desk.runBegan(LOG);

        assertThat(rig.news()).containsExactly(WAITING);
        assertThat(desk.standing().everReady()).isTrue();
        assertThat(desk.standing().capacityUnitsPerSecond()).isEqualTo(before.capacityUnitsPerSecond());
        assertThat(desk.standing().loadTime()).isEqualTo(before.loadTime());
    }

    @Test
    void loadMarkerMakesReadyAgainWithoutMeasuring() {
        ReadinessDesk desk = rig.ready();
        desk.runBegan(LOG);
        rig.news();
        desk.line(new LogLine(1, LOADED, false));
        rig.health.answer(good()); // of the time while loading
        rig.health.answer(good());

        assertThat(rig.news()).containsExactly("BENCHMARKING", "known 400", VERIFYING, "READY");
        assertThat(rig.model.calls()).hasSize(13);
    }

    @Test
    void rotatedLogOfAModelServerThatNeverWentAwayIsReadyAgainByHealth() {
        ReadinessDesk desk = rig.ready();
        rig.pass(Duration.ofSeconds(5));
        desk.runBegan(LOG);
        rig.health.answer(good());
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
        rig.pass(Duration.ofSeconds(1));
        rig.health.answer(good());

        assertThat(rig.news()).containsExactly(WAITING, "READY");
        assertThat(desk.standing().loadTime()).contains(Duration.ofMillis(700));
    }

    @Test
    void badProbesWhileItLoadsAgainChangeNothing() {
        ReadinessDesk desk = rig.ready();
        desk.runBegan(LOG);
        for (int i = 0; i < 5; i++) {
            rig.health.answer(bad("connection refused"));
            rig.pass(Duration.ofSeconds(1));
        }

        assertThat(rig.news()).containsExactly(WAITING);
    }

    @Test
    void workerThatWasNeverReadyIsNotProbed() {
        ReadinessDesk desk = rig.verifying();
        rig.health.answer(bad("status 503"));
        desk.runBegan(LOG);
        rig.pass(Duration.ofHours(1));

        assertThat(rig.health.probes()).isEqualTo(1);
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
    }
}
