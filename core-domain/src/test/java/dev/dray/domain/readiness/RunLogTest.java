package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.spi.LogRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLogTest {
    private final LogMarkers markers = new LogMarkers(
            new LogRules(List.of("READY"), List.of("READY_TIMEOUT", "Traceback"), List.of("Download", "GB")));
    private final RunLog log = new RunLog();

    private Sighting hear(long number, String text, boolean backlog) {
        return log.hear(new LogLine(number, text, backlog), markers.in(text));
    }

    private static Sighting load() {
        return new Sighting(true, "", List.of());
    }

    private static Sighting error(String marker) {
        return new Sighting(false, marker, List.of());
    }

    @Test
    void loadMarkerCountsOnceWhileItsLineGrows() {
        assertThat(hear(7, "READY", false)).isEqualTo(load());
        assertThat(hear(7, "READY to", false).isNothing()).isTrue();
        assertThat(hear(7, "READY to serve READY", false).isNothing()).isTrue();
    }

    @Test
    void sameMarkerInTheNextLineCountsAgain() {
        assertThat(hear(7, "READY", false)).isEqualTo(load());
        assertThat(hear(8, "READY", false)).isEqualTo(load());
    }

    @Test
    void lineThatGrowsFromLoadIntoErrorSetsOffBoth() {
        assertThat(hear(7, "READY", false)).isEqualTo(load());
        assertThat(hear(7, "READY_TIMEOUT", false)).isEqualTo(error("READY_TIMEOUT"));
    }

    @Test
    void loadMarkerAfterAnErrorInTheSameLineDoesNotCount() {
        assertThat(hear(7, "Traceback", false)).isEqualTo(error("Traceback"));
        assertThat(hear(7, "Traceback READY", false).isNothing()).isTrue();
    }

    @Test
    void eachInfoMarkerCountsOncePerLine() {
        assertThat(hear(7, "Download", false).infos()).containsExactly("Download");
        assertThat(hear(7, "Download 3 GB", false).infos()).containsExactly("GB");
        assertThat(hear(7, "Download 3 GB done", false).infos()).isEmpty();
        assertThat(hear(8, "Download 3 GB", false).infos()).containsExactly("Download", "GB");
    }

    @Test
    void lastMarkerOfTheBacklogDecides() {
        assertThat(hear(1, "READY", true).isNothing()).isTrue();
        assertThat(hear(2, "Traceback", true).isNothing()).isTrue();
        assertThat(hear(3, "Download", true).isNothing()).isTrue();

        assertThat(log.caughtUp()).isEqualTo(error("Traceback"));
    }

    @Test
    void loadAfterErrorInTheBacklogDecidesForLoad() {
        hear(1, "Traceback", true);
        hear(2, "READY", true);

        assertThat(log.caughtUp()).isEqualTo(load());
    }

    @Test
    void backlogDecidesOnce() {
        hear(1, "READY", true);
        log.caughtUp();

        assertThat(log.caughtUp().isNothing()).isTrue();
    }

    @Test
    void backlogWithoutMarkersDecidesNothing() {
        hear(1, "Download", true);

        assertThat(log.caughtUp().isNothing()).isTrue();
    }

    @Test
    void lastBacklogLineThatGrowsCountsForWhatIsNewInIt() {
        assertThat(hear(1, "REA", true).isNothing()).isTrue();
        log.caughtUp();

        assertThat(hear(1, "READY", false)).isEqualTo(load());
    }

    @Test
    void lastBacklogLineThatGrowsDoesNotCountTwice() {
        hear(1, "READY", true);
        assertThat(log.caughtUp()).isEqualTo(load());

        assertThat(hear(1, "READY now", false).isNothing()).isTrue();
        assertThat(hear(1, "READY_TIMEOUT", false)).isEqualTo(error("READY_TIMEOUT"));
    }

    @Test
    void backlogLineThatGrowsIntoAnErrorBeforeTheEndDecidesForTheError() {
        hear(1, "READY", true);
        hear(1, "READY_TIMEOUT", true);

        assertThat(log.caughtUp()).isEqualTo(error("READY_TIMEOUT"));
    }

    @Test
    void newRunForgetsTheBacklogAndTheLineNumbers() {
        hear(1, "READY", true);
        log.begin();
        assertThat(log.caughtUp().isNothing()).isTrue();

        assertThat(hear(1, "READY", false)).isEqualTo(load());
        log.begin();
        assertThat(hear(1, "READY", false)).isEqualTo(load());
    }
}
