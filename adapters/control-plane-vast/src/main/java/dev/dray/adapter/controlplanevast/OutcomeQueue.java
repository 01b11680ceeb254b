package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.OutcomeJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Outcomes the platform has not acknowledged yet, oldest first, at most so many. What is in here is in the journal
/// too, as the same text: one string each is what a request leaves behind for the second until it is told of, and many
/// small objects would be copied by the collector again and again. Any thread.
final class OutcomeQueue {
    private final int capacity;
    private final OutcomeJournal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, String> outcomes = new LinkedHashMap<>();
    private long dropped;

    OutcomeQueue(int capacity, OutcomeJournal journal) {
        this.capacity = capacity;
        this.journal = journal;
    }

    /// Takes one more; the oldest goes where there is no room.
    ///
    /// @param number of its admission
    /// @return how many wait now; 1 where none waited before
    int add(long number, RequestOutcome outcome) {
        String text = outcome.text();
        lock.lock();
        try {
            // Within the lock: both are to have the same order.
            journal.ended(number, text);
            return put(number, text);
        } finally {
            lock.unlock();
        }
    }

    /// Takes one that the journal has kept.
    void restore(long number, RequestOutcome outcome) {
        lock.lock();
        try {
            put(number, outcome.text());
        } finally {
            lock.unlock();
        }
    }

    /// The oldest ones that may go together: either all with a genuine `request_idx` or none.
    Batch head(int limit) {
        var head = new ArrayList<Owed>();
        for (var entry : oldest(limit)) {
            RequestOutcome outcome = RequestOutcome.parse(entry.getValue()).orElseThrow();
            if (!head.isEmpty()
                    && outcome.genuine() != head.getFirst().outcome().genuine()) {
                break;
            }
            head.add(new Owed(entry.getKey(), outcome));
        }
        return new Batch(head);
    }

    private List<Map.Entry<Long, String>> oldest(int limit) {
        lock.lock();
        try {
            return outcomes.entrySet().stream()
                    .limit(limit)
                    .map(Map.Entry::copyOf)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// Forgets a batch: it was acknowledged, or will never be.
    void remove(Batch batch) {
        lock.lock();
        try {
            batch.owed().forEach(owed -> outcomes.remove(owed.number()));
        } finally {
            lock.unlock();
        }
        batch.owed().forEach(owed -> journal.settled(owed.number()));
    }

    int size() {
        lock.lock();
        try {
            return outcomes.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private int put(long number, String outcome) {
        if (outcomes.size() >= capacity) {
            long oldest = outcomes.keySet().iterator().next();
            outcomes.remove(oldest);
            journal.settled(oldest);
            dropped++;
        }
        outcomes.put(number, outcome);
        return outcomes.size();
    }

    /// An outcome with the number of its admission.
    record Owed(long number, RequestOutcome outcome) {}

    /// Some of the oldest outcomes.
    record Batch(List<Owed> owed) {
        Batch {
            owed = List.copyOf(owed);
        }

        boolean isEmpty() {
            return owed.isEmpty();
        }

        boolean isGenuine() {
            return owed.stream().allMatch(one -> one.outcome().genuine());
        }

        /// Those that succeeded, or those that did not.
        Batch having(boolean success) {
            return new Batch(owed.stream()
                    .filter(one -> one.outcome().isSuccess() == success)
                    .toList());
        }
    }
}
