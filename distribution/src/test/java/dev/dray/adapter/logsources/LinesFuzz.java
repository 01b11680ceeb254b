package dev.dray.adapter.logsources;

import dev.dray.domain.readiness.LogMarkers;
import dev.dray.domain.readiness.RunLog;
import dev.dray.domain.readiness.Sighting;
import dev.dray.fuzz.Pieces;
import dev.dray.fuzz.Promise;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.spi.LogRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// However a log's bytes come, its lines are the same, and the rules see each marker once in its line.
public final class LinesFuzz {
    private static final LogMarkers RULES =
            new LogMarkers(new LogRules(List.of("up", "ready"), List.of("Error", "up!"), List.of("%", "up")));

    private LinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Pieces pieces = Pieces.of(input);
        byte[] whole = pieces.whole();
        var once = new Heard();
        once.splitter.feed(whole, whole.length, false);
        once.splitter.tellUnfinished(false);
        Promise.same(once.lines(), expected(whole), "lines are those of the text");

        var cut = new Heard();
        pieces.each((array, offset, length) -> {
            byte[] piece = java.util.Arrays.copyOfRange(array, offset, offset + length);
            cut.splitter.feed(piece, length, false);
            cut.splitter.tellUnfinished(false);
        });
        Promise.same(cut.lines(), once.lines(), "lines are the same however they come");
        cut.requireOnce();
    }

    private static List<String> expected(byte[] whole) {
        var lines = new ArrayList<String>();
        // Cut first, then decoded: bytes that are no UTF-8 are dropped, and what they stood between does not meet.
        for (String line : new String(whole, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r", -1)) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            lines.add(LenientUtf8.decode(bytes, 0, bytes.length).stripTrailing());
        }
        return withoutEmptyEnd(lines);
    }

    // An empty line at the end has been told or not, as its end has come or not.
    private static List<String> withoutEmptyEnd(List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /// Keeps the last text of each line, and what the rules said.
    private static final class Heard implements ObserveModelLog {
        private final LineSplitter splitter = new LineSplitter(this);
        private final RunLog run = new RunLog();
        private final List<LogLine> told = new ArrayList<>();
        private final List<String> sightings = new ArrayList<>();

        @Override
        public void runBegan(String source) {
            throw new IllegalStateException("nobody began a run");
        }

        @Override
        public void caughtUp() {
            throw new IllegalStateException("nobody caught up");
        }

        @Override
        public void line(LogLine line) {
            Promise.hold(told.isEmpty() || line.number() - told.getLast().number() <= 1, "no line is left out");
            told.add(line);
            Sighting seen = run.hear(line, RULES.in(line.text()));
            if (seen.load()) {
                sightings.add(line.number() + " load");
            }
            if (seen.isError()) {
                sightings.add(line.number() + " error");
            }
            seen.infos().forEach(info -> sightings.add(line.number() + " " + info));
        }

        List<String> lines() {
            var lines = new ArrayList<String>();
            for (LogLine line : told) {
                if (line.number() == lines.size()) {
                    lines.set(lines.size() - 1, line.text());
                } else {
                    lines.add(line.text());
                }
            }
            return withoutEmptyEnd(lines);
        }

        void requireOnce() {
            Promise.same(sightings.stream().distinct().count(), (long) sightings.size(), "a marker counts once a line");
        }
    }
}
