package dev.dray.adapter.statefiles;

import dev.dray.adapter.statefiles.JournalLine.Kind;
import dev.dray.port.outbound.OutcomeJournal.Kept;
import dev.dray.port.outbound.OutcomeJournal.Recovered;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads what an earlier process left in a journal. Used once.
final class JournalReader {
    // The platform has forgotten the request by then.
    private static final Duration MAX_AGE = Duration.ofHours(1);
    // Far more than an outcome needs; a longer line is not ours.
    private static final int MAX_LINE_BYTES = 65_536;

    private final long containerId;
    private final long oldestMillis;
    private final JournalBook book;
    private final Set<Long> foreign = new HashSet<>();
    private long unusable;

    JournalReader(long containerId, Instant now) {
        this.containerId = containerId;
        this.book = new JournalBook(containerId);
        this.oldestMillis = now.minus(MAX_AGE).toEpochMilli();
    }

    /// Reads a file to its end, whatever stands in it.
    void read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), MAX_LINE_BYTES)) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    take(line);
                    line.reset();
                } else if (line.size() <= MAX_LINE_BYTES) {
                    line.write(b);
                }
            }
            // Cut by a crash: what counts is behind a line end.
            if (line.size() > 0) {
                unusable++;
            }
        }
    }

    /// What is to be kept on, under numbers below 0.
    Recovered recovered() {
        List<JournalLine> lines = book.takeAll();
        var outcomes = renumbered(usable(lines, Kind.ENDED), 0);
        var open = renumbered(usable(lines, Kind.ADMITTED), outcomes.size());
        return new Recovered(outcomes, open, unusable + foreign.size());
    }

    private void take(ByteArrayOutputStream bytes) {
        var parsed = bytes.size() > MAX_LINE_BYTES ? null : JournalLine.parse(bytes.toByteArray());
        if (parsed == null || parsed.isEmpty()) {
            unusable++;
        } else if (parsed.get().containerId() == containerId) {
            JournalLine line = parsed.get();
            unusable += book.take(line.kind(), line.number(), line.writtenMillis(), line.text());
        } else if (parsed.get().kind() == JournalLine.Kind.SETTLED) {
            foreign.remove(parsed.get().number());
        } else {
            foreign.add(parsed.get().number());
        }
    }

    private List<JournalLine> usable(List<JournalLine> all, Kind kind) {
        List<JournalLine> lines =
                all.stream().filter(line -> line.kind() == kind).toList();
        List<JournalLine> usable = lines.stream()
                .filter(line -> line.writtenMillis() >= oldestMillis)
                .toList();
        unusable += lines.size() - usable.size();
        return usable;
    }

    private static List<Kept> renumbered(List<JournalLine> lines, int numbersGiven) {
        var kept = new ArrayList<Kept>(lines.size());
        for (JournalLine line : lines) {
            kept.add(new Kept(
                    -1L - numbersGiven - kept.size(), line.text(), Instant.ofEpochMilli(line.writtenMillis())));
        }
        return kept;
    }
}
