package dev.dray.benchmark.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Wakes a selector at times finer than its milliseconds.
final class Waker implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Runnable wake;
    private final AtomicLong next = new AtomicLong(NEVER);
    private final Thread thread;

    Waker(Runnable wake) {
        this.wake = wake;
        this.thread = Thread.ofPlatform().name("waker").daemon().start(this::run);
    }

    /// Replaces the time of the next call.
    void wakeAt(long nanos) {
        if (next.getAndSet(nanos) != nanos) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!Thread.interrupted()) {
            long time = next.get();
            if (time == NEVER) {
                LockSupport.park(this);
            } else if (time - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, time - System.nanoTime());
            } else if (next.compareAndSet(time, NEVER)) {
                wake.run();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
