package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.good;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ReadinessState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessEndTest {
    private final ReadinessRig rig = new ReadinessRig();

    @Test
    void drainAbortsTheBenchmark() {
        ReadinessDesk desk = rig.benchmarking();
        desk.drain();
        rig.pass(Duration.ofHours(1));

        assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
        assertThat(desk.standing().draining()).isTrue();
        assertThat(rig.model.aborted()).isEqualTo(1);
        assertThat(rig.model.calls()).hasSize(1);
    }

    @Test
    void drainStopsProbingAndLeavesNoTimer() {
        ReadinessDesk desk = rig.ready();
        desk.drain();
        rig.pass(Duration.ofHours(1));

        assertThat(rig.time.waiting()).isZero();
        assertThat(rig.health.probes()).isEqualTo(1);
    }

    @Test
    void probeInTheAirAtDrainIsIgnored() {
        ReadinessDesk desk = rig.verifying();
        desk.drain();
        rig.health.answer(good());

        assertThat(state(desk)).isEqualTo(ReadinessState.DRAINING);
        assertThat(desk.standing().everReady()).isFalse();
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void nothingIsHeardWhileDraining() {
        ReadinessDesk desk = rig.ready();
        desk.drain();
        rig.news();
        desk.runBegan(LOG);
        desk.line(rig.line(LOADED));
        desk.line(rig.line(BROKEN));
        desk.caughtUp();
        desk.drain();

        assertThat(rig.news()).isEmpty();
    }

    @Test
    void stopIsFinalAndToldOnce() {
        ReadinessDesk desk = rig.ready();
        desk.drain();
        desk.end(() -> rig.journal.add("over"));
        desk.end(() -> rig.journal.add("over again"));
        desk.drain();
        desk.start();

        assertThat(rig.news()).containsExactly("DRAINING", "STOPPED", "over", "over again");
        assertThat(desk.standing().draining()).isTrue();
    }
}
