package dev.dray.app.admin.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.app.admin.log.ModelLines.Line;
import dev.dray.port.inbound.ObserveModelLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelLinesTest {
    private final ManualTicker time = new ManualTicker();
    private final ModelLines lines = new ModelLines(time, time);
    private final List<String> read = new ArrayList<>();
    private final ObserveModelLog log = lines.watching(0, new ObserveModelLog() {
        @Override
        public void runBegan(String source) {
            read.add("began " + source);
        }

        @Override
        public void line(LogLine line) {
            read.add(line.text());
        }

        @Override
        public void caughtUp() {
            read.add("caught up");
        }
    });

    private void line(long number, String text) {
        log.line(new ObserveModelLog.LogLine(number, text, false));
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    @Test
    void tellsTheReaderEverything() {
        log.runBegan("model.log");
        line(1, "one");
        log.caughtUp();

        assertThat(read).containsExactly("began model.log", "one", "caught up");
        assertThat(texts(lines.all())).containsExactly("one");
    }

    @Test
    void aLineThatGrowsTakesItsOwnPlace() {
        line(1, "load");
        line(1, "loading");
        line(2, "done");

        assertThat(texts(lines.all())).containsExactly("loading", "done");
    }

    @Test
    void aNewRunCountsFromOneAgain() {
        line(1, "first run");
        log.runBegan("model.log");
        line(1, "second run");

        assertThat(texts(lines.all())).containsExactly("first run", "second run");
    }

    @Test
    void keepsTheLastFiveHundredCutToTwoThousandCharacters() {
        for (int i = 1; i <= 600; i++) {
            line(i, "x".repeat(3_000));
        }

        assertThat(lines.all()).hasSize(500).allMatch(line -> line.text().length() == 2_000);
    }

    @Test
    void doesNotCutACharacterInTwo() {
        line(1, "x".repeat(1_999) + "😀");

        assertThat(lines.all().getFirst().text()).isEqualTo("x".repeat(1_999));
    }

    @Test
    void tellsNewsOnceAndAGrowingLineWhenItHasSettled() {
        line(1, "one");
        line(2, "two, per");
        assertThat(texts(lines.news())).containsExactly("one");

        line(2, "two, perhaps");
        time.advance(Duration.ofMillis(600));

        assertThat(texts(lines.news())).containsExactly("two, perhaps");
        assertThat(lines.news()).isEmpty();
    }

    @Test
    void namesTheServerEachLineIsFrom() {
        line(1, "of the first");
        lines.line(1, 1, "of the second");

        assertThat(lines.all()).extracting(Line::server).containsExactly(0, 1);
    }
}
