package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.OutcomeJournal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// What is owed to the platform, for as long as the process lives; [#restarted()] plays the next process.
public final class InMemoryOutcomeJournal implements OutcomeJournal {
    private final InstantSource clock;
    private final Recovered recovered;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Kept> open = new LinkedHashMap<>();
    private final Map<Long, Kept> owed = new LinkedHashMap<>();
    private boolean closed;

    /// An empty journal.
    public InMemoryOutcomeJournal(InstantSource clock) {
        this(clock, new Recovered(List.of(), List.of(), 0));
    }

    private InMemoryOutcomeJournal(InstantSource clock, Recovered recovered) {
        this.clock = clock;
        this.recovered = recovered;
        recovered.open().forEach(kept -> open.put(kept.number(), kept));
        recovered.outcomes().forEach(kept -> owed.put(kept.number(), kept));
    }

    /// The journal of the next process: it recovers what this one holds, whether this one was closed or not.
    public InMemoryOutcomeJournal restarted() {
        lock.lock();
        try {
            var outcomes = new ArrayList<Kept>();
            var unended = new ArrayList<Kept>();
            owed.values().forEach(kept -> outcomes.add(renumbered(-1 - outcomes.size(), kept)));
            open.values().forEach(kept -> unended.add(renumbered(-1 - outcomes.size() - unended.size(), kept)));
            return new InMemoryOutcomeJournal(clock, new Recovered(outcomes, unended, 0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Recovered recovered() {
        return recovered;
    }

    @Override
    public void admitted(long number, String text) {
        change(() -> put(open, number, text));
    }

    @Override
    public void ended(long number, String text) {
        change(() -> {
            open.remove(number);
            put(owed, number, text);
        });
    }

    @Override
    public void settled(long number) {
        change(() -> {
            open.remove(number);
            owed.remove(number);
        });
    }

    @Override
    public void flush() {
        // There is nothing behind it.
    }

    @Override
    public void close() {
        change(() -> closed = true);
    }

    private void put(Map<Long, Kept> kept, long number, String text) {
        kept.remove(number);
        kept.put(number, new Kept(number, text, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            if (!closed) {
                change.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Kept renumbered(long number, Kept kept) {
        return new Kept(number, kept.text(), kept.writtenAt());
    }
}
