package dev.dray.adapter.httpserver;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The memory that all request bodies of a listener hold together.
///
/// Small bodies are only counted, so that a flood of large ones shuts nobody else out. A large one waits for room: it
/// asks before it allocates.
final class BodyBudget {
    /// Bodies up to this size never wait.
    static final int SMALL = 64 * 1024;

    private final long limit;
    private final long maxWaitNanos;
    private final AtomicLong held = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param limit   bytes that all bodies may hold
    /// @param maxWait how long a large body waits for room
    BodyBudget(long limit, Duration maxWait) {
        this.limit = limit;
        this.maxWaitNanos = maxWait.toNanos();
    }

    /// Counts bytes that may not be refused.
    void take(long bytes) {
        held.addAndGet(bytes);
    }

    /// Takes bytes as soon as there is room.
    ///
    /// @return false if there was none for too long, or the thread was interrupted
    boolean takeWhenFree(long bytes) {
        if (tryTake(bytes)) {
            return true;
        }
        lock.lock();
        waiting.incrementAndGet();
        try {
            long left = maxWaitNanos;
            boolean taken = tryTake(bytes);
            while (!taken && left > 0) {
                left = room.awaitNanos(left);
                taken = tryTake(bytes);
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    private boolean tryTake(long bytes) {
        long found = held.get();
        while (found + bytes <= limit) {
            if (held.compareAndSet(found, found + bytes)) {
                return true;
            }
            found = held.get();
        }
        return false;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
