package dev.dray.app.demo;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The demo model server's room for requests at once, given out in order of arrival. Thread-safe.
final class Slots {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Generation> waiting = new ArrayDeque<>();
    private final Set<Generation> running = new HashSet<>();

    /// A limit of 0 means no limit.
    Slots(int limit) {
        this.limit = limit;
    }

    void enter(Generation generation) {
        lock.lock();
        try {
            waiting.add(generation);
            grantWhatFits();
        } finally {
            lock.unlock();
        }
    }

    void leave(Generation generation) {
        lock.lock();
        try {
            waiting.remove(generation);
            running.remove(generation);
            grantWhatFits();
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    private void grantWhatFits() {
        while (!waiting.isEmpty() && (limit == 0 || running.size() < limit)) {
            Generation next = waiting.remove();
            running.add(next);
            next.grant();
        }
    }
}
