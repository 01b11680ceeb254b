package dev.dray.plugin.nullbackend;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What holds the worker by a request, and lets go of it. Thread-safe; the route is serial, so one
/// holds at a time.
final class Reservation {
    private final AtomicReference<@Nullable CountDownLatch> held = new AtomicReference<>();

    /// Waits on the calling thread.
    ///
    /// @return whether it was released; else the time is over
    boolean hold(Duration longest) throws InterruptedException {
        var own = new CountDownLatch(1);
        held.set(own);
        try {
            boolean released = own.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            // Who took it out of its place has told its release already.
            return released || !held.compareAndSet(own, null);
        } finally {
            held.compareAndSet(own, null);
        }
    }

    /// Lets go of what is held.
    ///
    /// @return whether something was
    boolean release() {
        CountDownLatch one = held.getAndSet(null);
        if (one == null) {
            return false;
        }
        one.countDown();
        return true;
    }
}
