package dev.dray.adapter.controlplanevast;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Lets one thread wait for a moment that others may bring forward.
///
/// Whoever changes what the moment depends on rings afterwards. Any thread may ring or close; one waits.
final class Doorbell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean closed;

    /// Waits until the moment has come; asks for it anew at each ring.
    ///
    /// @param waitNanos time left at that moment; 0 or less means now
    /// @return whether the moment has come; false once closed
    boolean await(LongSupplier waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos.getAsLong();
            while (!closed && left > 0) {
                rung.awaitNanos(left);
                left = waitNanos.getAsLong();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void ring() {
        lock.lock();
        try {
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
