package dev.dray.app;

import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's own time. One thread waits for what is due; each task then runs on a virtual thread of its own, so
/// that a slow one holds up no other.
public final class RealTime implements Ticker, Timers, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RealTime.class.getName());

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

    /// On the waiting thread itself, which needs no carrier.
    @Override
    public Timer watch(Duration delay, Runnable task) {
        ScheduledFuture<?> future = scheduler.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    // The scheduler would keep what is thrown to itself.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "a watch failed", fault);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
