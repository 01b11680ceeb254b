package dev.dray.app;

import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's own time. One thread waits for what is due; each task then runs on a virtual thread of its own, so
/// that a slow one holds up no other.
public final class RealTime implements Ticker, Timers, AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    public RealTime() {
        scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("dray-timers").factory());
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /// Wall-clock time.
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = scheduler.schedule(
                () -> Thread.ofVirtual().name("dray-timer-task").start(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
