package dev.dray.domain.worker;

import static dev.dray.domain.worker.ReadinessRig.BROKEN;
import static dev.dray.domain.worker.ReadinessRig.ERROR_MARKER;
import static dev.dray.domain.worker.ReadinessRig.LOADED;
import static dev.dray.domain.worker.ReadinessRig.LOG;
import static dev.dray.domain.worker.ReadinessRig.WAITING;
import static dev.dray.domain.worker.ReadinessRig.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final ReadinessRig rig = new ReadinessRig();

    private ReadinessDesk opened(String... texts) {
        ReadinessDesk desk = rig.desk();
        desk.start();
        desk.runBegan(LOG);
        for (String text : texts) {
            desk.line(rig.old(text));
        }
        return desk;
    }

    @Test
    void nothingFiresBeforeItIsAllRead() {
        ReadinessDesk desk = opened(LOADED, BROKEN, "\"message\":\"Download");

        assertThat(rig.news()).containsExactly(WAITING);
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);
    }

    @Test
    void lastLoadMarkerDecides() {
        ReadinessDesk desk = opened(BROKEN, LOADED);
        desk.caughtUp();

        assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
        assertThat(rig.news()).doesNotContain("FAILED: " + ERROR_MARKER);
    }

    @Test
    void lastErrorMarkerDecides() {
        ReadinessDesk desk = opened(LOADED, BROKEN);
        desk.caughtUp();

        assertThat(rig.news()).containsExactly(WAITING, "FAILED: " + ERROR_MARKER);
        assertThat(state(desk)).isEqualTo(ReadinessState.FAILED);
        assertThat(rig.model.calls()).isEmpty();
    }

    @Test
    void unfinishedLastLineFiresWhenItGrows() {
        ReadinessDesk desk = opened("INFO: Application startup");
        desk.caughtUp();
        assertThat(state(desk)).isEqualTo(ReadinessState.LOADING);

        desk.line(new LogLine(1, LOADED, false));
        assertThat(state(desk)).isEqualTo(ReadinessState.BENCHMARKING);
    }

    @Test
    void newLineBeforeTheWordThatItIsAllReadDecidesTheBacklogFirst() {
        ReadinessDesk desk = opened(LOADED);
        desk.line(rig.line(BROKEN));

        assertThat(rig.news()).startsWith(WAITING, "BENCHMARKING").endsWith("FAILED: " + ERROR_MARKER);
    }
}
