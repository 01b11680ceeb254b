package dev.dray.adapter.statefiles;

import dev.dray.adapter.statefiles.JournalLine.Kind;
import dev.dray.port.outbound.OutcomeJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What is open and what is owed, and what of that is not in the file yet. Guarded by the journal's lock.
///
/// What begins and ends between two writings never reaches the file: only the latest state of a number is kept to be
/// written, and none for what is settled and was never written.
final class JournalBook {
    private final long containerId;

    // In the order of the latest change, so what is not written yet stands at the end.
    private final SequencedMap<Long, Entry> open = new LinkedHashMap<>();
    private final SequencedMap<Long, Entry> owed = new LinkedHashMap<>();

    // Settled, and still in the file.
    private final List<Long> gone = new ArrayList<>();

    /// @param containerId whose lines these are
    JournalBook(long containerId) {
        this.containerId = containerId;
    }

    /// One admission, in the state it was last heard of.
    private static final class Entry {
        private final Long number;
        private long millis;
        private String text = "";
        private boolean unwritten;
        private boolean inFile;

        Entry(Long number) {
            this.number = number;
        }
    }

    /// Takes one more change.
    ///
    /// @return how many had to go because there was no room
    int take(Kind kind, Long number, long millis, String text) {
        Entry known = remove(number);
        return switch (kind) {
            case ADMITTED -> put(open, known, number, millis, text);
            case ENDED -> put(owed, known, number, millis, text);
            case SETTLED -> {
                settle(known);
                yield 0;
            }
        };
    }

    /// The lines that are not in the file yet, oldest first; from now on they count as written.
    ///
    /// @param millis wall-clock time in epoch milliseconds, for what is settled
    List<JournalLine> takeUnwritten(long millis) {
        var lines = new ArrayList<JournalLine>();
        gone.forEach(number -> lines.add(new JournalLine(Kind.SETTLED, containerId, number, millis, "")));
        gone.clear();
        takeUnwritten(Kind.ENDED, owed, lines);
        takeUnwritten(Kind.ADMITTED, open, lines);
        return lines;
    }

    // Backwards, as far as it goes: what waits for days is not looked at each second.
    private void takeUnwritten(Kind kind, SequencedMap<Long, Entry> entries, List<JournalLine> lines) {
        var found = new ArrayList<JournalLine>();
        for (Entry entry : entries.sequencedValues().reversed()) {
            if (!entry.unwritten) {
                break;
            }
            found.add(written(kind, entry));
        }
        lines.addAll(found.reversed());
    }

    /// The lines a new file needs; from now on they count as written, and no others.
    List<JournalLine> takeAll() {
        gone.clear();
        var lines = new ArrayList<JournalLine>(owed.size() + open.size());
        owed.values().forEach(entry -> lines.add(written(Kind.ENDED, entry)));
        open.values().forEach(entry -> lines.add(written(Kind.ADMITTED, entry)));
        return lines;
    }

    private JournalLine written(Kind kind, Entry entry) {
        entry.unwritten = false;
        entry.inFile = true;
        return new JournalLine(kind, containerId, entry.number, entry.millis, entry.text);
    }

    private @Nullable Entry remove(Long number) {
        Entry ended = owed.remove(number);
        Entry admitted = open.remove(number);
        return admitted == null ? ended : admitted;
    }

    private int put(SequencedMap<Long, Entry> kept, @Nullable Entry known, Long number, long millis, String text) {
        Entry entry = known == null ? new Entry(number) : known;
        entry.millis = millis;
        entry.text = text;
        entry.unwritten = true;
        kept.put(entry.number, entry);
        if (kept.size() <= OutcomeJournal.MAX_KEPT) {
            return 0;
        }
        settle(kept.pollFirstEntry().getValue());
        return 1;
    }

    private void settle(@Nullable Entry entry) {
        if (entry != null && entry.inFile) {
            gone.add(entry.number);
        }
    }
}
