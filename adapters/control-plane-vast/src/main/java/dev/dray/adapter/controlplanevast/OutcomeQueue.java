package dev.dray.adapter.controlplanevast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Outcomes the platform has not acknowledged yet, oldest first, at most so many.
///
/// A journal on disk takes this class's place behind the same methods. Any thread.
final class OutcomeQueue {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<RequestOutcome> outcomes = new ArrayDeque<>();
    // Number of the oldest one kept; outcomes are numbered 0, 1, 2 … as they come.
    private long first;
    private long dropped;

    OutcomeQueue(int capacity) {
        this.capacity = capacity;
    }

    /// Takes one more; the oldest goes where there is no room.
    ///
    /// @return how many wait now; 1 where none waited before
    int add(RequestOutcome outcome) {
        lock.lock();
        try {
            if (outcomes.size() >= capacity) {
                outcomes.removeFirst();
                first++;
                dropped++;
            }
            outcomes.addLast(outcome);
            return outcomes.size();
        } finally {
            lock.unlock();
        }
    }

    /// The oldest ones that may go together: either all with a genuine `request_idx` or none.
    Batch head(int limit) {
        lock.lock();
        try {
            var head = new ArrayList<RequestOutcome>();
            for (RequestOutcome outcome : outcomes) {
                if (head.size() == limit
                        || (!head.isEmpty()
                                && outcome.genuine() != head.getFirst().genuine())) {
                    break;
                }
                head.add(outcome);
            }
            return new Batch(first + head.size(), head);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets a batch: it was acknowledged, or will never be.
    void remove(Batch batch) {
        lock.lock();
        try {
            while (first < batch.end && !outcomes.isEmpty()) {
                outcomes.removeFirst();
                first++;
            }
        } finally {
            lock.unlock();
        }
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

    /// Some of the oldest outcomes.
    ///
    /// @param end number of the outcome behind the last of them
    record Batch(long end, List<RequestOutcome> outcomes) {
        Batch {
            outcomes = List.copyOf(outcomes);
        }

        boolean isGenuine() {
            return outcomes.stream().allMatch(RequestOutcome::genuine);
        }
    }
}
