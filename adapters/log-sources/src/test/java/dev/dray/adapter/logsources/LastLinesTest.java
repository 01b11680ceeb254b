package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    private final LastLines lines = new LastLines();

    @Test
    void keepsTheEndOldestFirst() {
        for (int i = 1; i <= LastLines.MOST + 2; i++) {
            lines.add(new LogLine(i, "line " + i, false));
        }

        assertThat(lines.all()).hasSize(LastLines.MOST).startsWith("line 3").endsWith("line " + (LastLines.MOST + 2));
    }

    @Test
    void keepsALineThatGrowsOnce() {
        lines.add(new LogLine(1, "Appli", false));
        lines.add(new LogLine(1, "Application", false));

        assertThat(lines.all()).containsExactly("Application");
    }

    @Test
    void cutsALongLineBetweenTwoLetters() {
        lines.add(new LogLine(1, "x" + "ö".repeat(LastLines.MAX_LINE_BYTES), false));

        assertThat(lines.all().getFirst().getBytes(StandardCharsets.UTF_8)).hasSize(LastLines.MAX_LINE_BYTES - 1);
        assertThat(lines.all().getFirst()).endsWith("ö");
    }
}
