package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final LineSplitter lines = new LineSplitter(observer);

    @Test
    void lineFeedCarriageReturnAndBothEndLines() {
        feed("one\ntwo\r\nthree\rfour\n");

        assertThat(observer.notes()).containsExactly("1 one", "2 two", "3 three", "4 four");
    }

    @Test
    void carriageReturnEndsItsLineBeforeTheNextByteIsThere() {
        feed("one\r");
        assertThat(observer.notes()).containsExactly("1 one");

        feed("\n");
        feed("two\n");
        assertThat(observer.notes()).containsExactly("1 one", "2 two");
    }

    @Test
    void emptyLinesCount() {
        feed("\n\r\n\r\rend\n");

        assertThat(observer.notes()).containsExactly("1 ", "2 ", "3 ", "4 ", "5 end");
    }

    @Test
    void trailingWhiteSpaceIsStrippedAndLeadingKept() {
        feed("  model loaded \t \n");

        assertThat(observer.notes()).containsExactly("1   model loaded");
    }

    @Test
    void unfinishedLineIsToldAsItStandsAndAgainAsItGrows() {
        feed("Application");
        lines.tellUnfinished(false);
        feed(" startup");
        lines.tellUnfinished(false);
        feed(" complete.\nnext\n");

        assertThat(observer.notes())
                .containsExactly("1 Application", "1 Application startup", "1 Application startup complete.", "2 next");
    }

    @Test
    void sameTextIsNotToldTwice() {
        feed("done");
        lines.tellUnfinished(false);
        feed(" ");
        lines.tellUnfinished(false);
        feed("\ndone\n");

        assertThat(observer.notes()).containsExactly("1 done", "2 done");
    }

    @Test
    void bytesThatAreNotUtf8AreDropped() {
        byte[] text = "größe 🔑\n".getBytes(StandardCharsets.UTF_8);
        var broken = new ByteArrayOutputStream();
        broken.write(0xff);
        broken.writeBytes(Arrays.copyOf(text, 3));
        // The first half of ö stands there already: two more lead bytes break it off.
        broken.write(0xc3);
        broken.writeBytes(Arrays.copyOfRange(text, 4, text.length));

        lines.feed(broken.toByteArray(), broken.size(), false);

        assertThat(observer.notes()).containsExactly("1 grße 🔑");
    }

    @Test
    void replacementCharacterThatWasWrittenStays() {
        feed("a\uFFFDb\n");

        assertThat(observer.notes()).containsExactly("1 a\uFFFDb");
    }

    @Test
    void longLineIsCutWithAnOverlapUnderOneNumber() {
        int size = LineSplitter.MAX_LINE_BYTES;
        String marker = "Application startup complete.";
        // The marker lies across the cut.
        String text = "x".repeat(size - 10) + marker + "y".repeat(size);

        feed(text + "\nnext\n");

        List<LogLine> told = observer.lines();
        assertThat(told).hasSize(4);
        assertThat(told.subList(0, 3)).allSatisfy(piece -> {
            assertThat(piece.number()).isEqualTo(1);
            assertThat(piece.text().length()).isLessThanOrEqualTo(size);
        });
        assertThat(told.get(0).text()).doesNotContain(marker);
        assertThat(told.get(1).text()).contains(marker);
        assertThat(told.get(2).text()).endsWith("y");
        assertThat(told.get(3)).isEqualTo(new LogLine(2, "next", false));
    }

    @Test
    void characterAcrossACutIsReadWhole() {
        feed("x".repeat(LineSplitter.MAX_LINE_BYTES - 1) + "ö!\n");

        List<LogLine> told = observer.lines();
        assertThat(told.get(0).text()).endsWith("x");
        assertThat(told.get(1).text()).endsWith("xö!");
    }

    @Test
    void newRunCountsFromOneAndForgetsWhatWasPending() {
        feed("first\nrest of the old run");
        lines.startRun();
        feed("new\n");

        assertThat(observer.notes()).containsExactly("1 first", "1 new");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void linesAreTheSameHoweverTheBytesArrive(long seed) {
        var random = new SplittableRandom(seed);
        byte[] text = randomText(random).getBytes(StandardCharsets.UTF_8);
        lines.feed(text, text.length, false);
        List<LogLine> expected = observer.lines();

        var inPieces = new RecordingObserver();
        var splitter = new LineSplitter(inPieces);
        for (int at = 0; at < text.length; ) {
            int count = Math.min(1 + random.nextInt(9), text.length - at);
            splitter.feed(Arrays.copyOfRange(text, at, at + count), count, false);
            if (random.nextBoolean()) {
                splitter.tellUnfinished(false);
            }
            at += count;
        }

        assertThat(finished(inPieces.lines())).isEqualTo(finished(expected));
    }

    static List<Long> seeds() {
        return new SplittableRandom(7).longs(100).boxed().toList();
    }

    private static String randomText(SplittableRandom random) {
        String[] pieces = {"\n", "\r", "\r\n", "ready", "größe", "🔑", " ", "", "Traceback (most recent call last):"};
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append("\n").toString();
    }

    /// The last text told under each number.
    private static List<LogLine> finished(List<LogLine> told) {
        List<LogLine> finished = new ArrayList<>();
        for (LogLine line : told) {
            if (!finished.isEmpty() && finished.getLast().number() == line.number()) {
                finished.removeLast();
            }
            finished.add(line);
        }
        return finished;
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, bytes.length, false);
    }
}
