package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.spi.LogRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogMarkersTest {
    private final LogMarkers markers = new LogMarkers(new LogRules(
            List.of("Application startup complete.", "BACKENDS_READY"),
            List.of("RuntimeError: Engine", "BACKENDS_READY_TIMEOUT", "Traceback"),
            List.of("\"message\":\"Download", "Loading", "")));

    @Test
    void findsAMarkerAnywhereInTheLine() {
        assertThat(markers.in("INFO:  Application startup complete. (pid 7)"))
                .isEqualTo(new Sighting(true, "", List.of()));
    }

    @Test
    void caseCounts() {
        assertThat(markers.in("application startup complete.")).isEqualTo(Sighting.NOTHING);
    }

    @Test
    void errorMarkerThatContainsALoadMarkerWins() {
        assertThat(markers.in("BACKENDS_READY_TIMEOUT after 300 s"))
                .isEqualTo(new Sighting(false, "BACKENDS_READY_TIMEOUT", List.of()));
    }

    @Test
    void errorMarkerElsewhereInALoadLineWins() {
        assertThat(markers.in("BACKENDS_READY Traceback").error()).isEqualTo("Traceback");
    }

    @Test
    void firstErrorMarkerOfTheRulesIsTold() {
        assertThat(markers.in("Traceback: RuntimeError: Engine").error()).isEqualTo("RuntimeError: Engine");
    }

    @Test
    void everyInfoMarkerIsToldAlsoBesideALoadMarker() {
        assertThat(markers.in("Loading done, BACKENDS_READY {\"message\":\"Download"))
                .isEqualTo(new Sighting(true, "", List.of("\"message\":\"Download", "Loading")));
    }

    @Test
    void emptyMarkerMatchesNothing() {
        assertThat(markers.in("").isNothing()).isTrue();
        assertThat(markers.in("any line").isNothing()).isTrue();
    }

    @Test
    void lineWithoutMarkerCostsNoObject() {
        assertThat(markers.in("a line")).isSameAs(Sighting.NOTHING);
    }
}
