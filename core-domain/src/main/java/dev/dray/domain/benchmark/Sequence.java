package dev.dray.domain.benchmark;

import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/// Launches one burst after the other, on the thread that asks for it.
///
/// INVARIANT: one thread launches at a time. A burst that ends while it is still being launched only leaves word
/// which one is next; the thread that launches comes back for it. So answers that come inline do not deepen the
/// stack, however many rounds there are. Thread-safe; the lock is not held while launching.
final class Sequence {
    private final ReentrantLock lock = new ReentrantLock();
    private final IntConsumer launch;
    private OptionalInt due = OptionalInt.empty();
    private boolean launching;

    Sequence(IntConsumer launch) {
        this.launch = launch;
    }

    /// Launches a burst now, or as soon as the one that is being launched is out.
    void proceedTo(int number) {
        lock.lock();
        try {
            due = OptionalInt.of(number);
        } finally {
            lock.unlock();
        }
        for (OptionalInt next = claim(); next.isPresent(); next = claim()) {
            try {
                launch.accept(next.getAsInt());
            } finally {
                release();
            }
        }
    }

    private OptionalInt claim() {
        lock.lock();
        try {
            OptionalInt next = launching ? OptionalInt.empty() : due;
            if (next.isPresent()) {
                due = OptionalInt.empty();
                launching = true;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        lock.lock();
        try {
            launching = false;
        } finally {
            lock.unlock();
        }
    }
}
