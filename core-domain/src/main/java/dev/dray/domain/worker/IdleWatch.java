package dev.dray.domain.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Knows when nobody is in the house: counts requests from their arrival until their last effect is done, the event of
/// their end included, so that whoever waits for idleness has heard of every outcome. Thread-safe, without a lock.
final class IdleWatch {
    private final AtomicInteger present = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    void enter() {
        present.incrementAndGet();
    }

    void leave() {
        if (present.decrementAndGet() == 0) {
            tell();
        }
    }

    /// Runs a task once, as soon as nobody is there; at once where that is so now. Close the door first.
    void whenEmpty(Runnable task) {
        waiting.add(task);
        if (present.get() == 0) {
            tell();
        }
    }

    // Each task is polled by exactly one thread, whoever comes first.
    private void tell() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
