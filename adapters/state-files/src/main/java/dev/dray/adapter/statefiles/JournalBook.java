package dev.dray.adapter.statefiles;

import dev.dray.adapter.statefiles.JournalLine.Kind;
import dev.dray.port.outbound.OutcomeJournal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is open and what is owed, and what of that is not in the file yet. Guarded by the journal's lock.
///
/// What begins and ends between two writings never reaches the file: only the latest line of a number is kept to be
/// written, and none for what is settled and was never written.
final class JournalBook {
    private final Map<Long, JournalLine> open = new LinkedHashMap<>();
    private final Map<Long, JournalLine> owed = new LinkedHashMap<>();
    private final Map<Long, JournalLine> unwritten = new LinkedHashMap<>();
    private final Set<Long> inFile = new HashSet<>();

    /// Takes one more change.
    ///
    /// @return how many had to go because there was no room
    int take(JournalLine line) {
        return switch (line.kind()) {
            case ADMITTED -> put(open, line);
            case ENDED -> {
                open.remove(line.number());
                yield put(owed, line);
            }
            case SETTLED -> {
                settle(line);
                yield 0;
            }
        };
    }

    /// The lines that are not in the file yet, oldest first; from now on they count as written.
    List<JournalLine> takeUnwritten() {
        for (JournalLine line : unwritten.values()) {
            if (line.kind() == Kind.SETTLED) {
                inFile.remove(line.number());
            } else {
                inFile.add(line.number());
            }
        }
        List<JournalLine> lines = List.copyOf(unwritten.values());
        unwritten.clear();
        return lines;
    }

    /// The lines a new file needs; from now on they count as written, and no others.
    List<JournalLine> takeAll() {
        var lines = new ArrayList<JournalLine>(owed.size() + open.size());
        lines.addAll(owed.values());
        lines.addAll(open.values());
        unwritten.clear();
        inFile.clear();
        inFile.addAll(owed.keySet());
        inFile.addAll(open.keySet());
        return lines;
    }

    List<JournalLine> outcomes() {
        return List.copyOf(owed.values());
    }

    List<JournalLine> open() {
        return List.copyOf(open.values());
    }

    private int put(Map<Long, JournalLine> kept, JournalLine line) {
        // Away first: the order is that of the latest change.
        kept.remove(line.number());
        kept.put(line.number(), line);
        unwritten.remove(line.number());
        unwritten.put(line.number(), line);
        if (kept.size() <= OutcomeJournal.MAX_KEPT) {
            return 0;
        }
        JournalLine oldest = kept.values().iterator().next();
        settle(new JournalLine(Kind.SETTLED, oldest.containerId(), oldest.number(), line.writtenMillis(), ""));
        return 1;
    }

    private void settle(JournalLine line) {
        open.remove(line.number());
        owed.remove(line.number());
        unwritten.remove(line.number());
        if (inFile.contains(line.number())) {
            unwritten.put(line.number(), line);
        }
    }
}
