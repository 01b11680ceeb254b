package dev.dray.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggerLevelsTest {
    private static final String ROOM = "dev.dray.room";

    private final LoggerLevels levels = LoggerLevels.ofProcess();

    @AfterEach
    void asBefore() {
        levels.set("info");
        levels.set(ROOM, Optional.empty());
    }

    @Test
    void aLevelCountsAtOnceAndForAllBelow() {
        System.Logger log = System.getLogger(ROOM + ".Door");
        assertThat(log.isLoggable(Level.DEBUG)).isFalse();

        levels.set(ROOM, Optional.of("debug"));

        assertThat(log.isLoggable(Level.DEBUG)).isTrue();
        assertThat(log.isLoggable(Level.TRACE)).isFalse();
        assertThat(System.getLogger("dev.dray.other").isLoggable(Level.DEBUG)).isFalse();
    }

    @Test
    void aLevelCountsForLoggersMadeLater() {
        levels.set("trace");
        levels.set(ROOM, Optional.of("error"));

        assertThat(System.getLogger("dev.dray.made.Later").isLoggable(Level.TRACE))
                .isTrue();
        assertThat(System.getLogger(ROOM + ".Later").isLoggable(Level.WARNING)).isFalse();
    }

    @Test
    void withoutALevelOfItsOwnALoggerIsAsTheOneAboveIt() {
        levels.set(ROOM, Optional.of("debug"));
        assertThat(levels.levels()).containsEntry("dev.dray", "info").containsEntry(ROOM, "debug");

        levels.set(ROOM, Optional.empty());

        assertThat(levels.levels()).containsOnlyKeys("dev.dray");
        assertThat(System.getLogger(ROOM).isLoggable(Level.DEBUG)).isFalse();
    }

    @Test
    void everyWordIsTaken() {
        for (String word : levels.words()) {
            levels.set(word);
            assertThat(levels.levels()).containsEntry("dev.dray", word);
        }
    }

    @Test
    void refusesWhatIsNotItsOwn() {
        assertThatThrownBy(() -> levels.set("io.helidon", Optional.of("debug")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dev.dray");
        assertThatThrownBy(() -> levels.set("dev.drayman", Optional.of("debug")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> levels.set("dev.dray", Optional.of("loud")))
                .hasMessageContaining("'loud'")
                .hasMessageContaining("trace");
        assertThatThrownBy(() -> levels.set("dev.dray", Optional.empty())).hasMessageContaining("for dev.dray one of");
    }
}
