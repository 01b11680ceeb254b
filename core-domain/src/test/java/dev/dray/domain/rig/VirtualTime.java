package dev.dray.domain.rig;

import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that passes when a test says so. The ticker starts near `Long.MAX_VALUE`, so overflow shows at
/// once.
public final class VirtualTime implements Ticker, InstantSource, Timers {
    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000;
    private static final Instant EPOCH = Instant.parse("2026-11-23T12:00:00Z");

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::number));
    private Duration clockError = Duration.ZERO;
    private long elapsedNanos;
    private long scheduled;

    private record Task(long dueNanos, long number, Runnable work, boolean watch) {}

    @Override
    public long nanos() {
        return ORIGIN + elapsedNanos;
    }

    @Override
    public Instant instant() {
        return EPOCH.plusNanos(elapsedNanos).plus(clockError);
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        var task = new Task(elapsedNanos + delay.toNanos(), scheduled++, work, false);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /// Counts for nothing in [#waiting()]: a watch ends by itself once there is nothing to see.
    @Override
    public Timer watch(Duration delay, Runnable work) {
        var task = new Task(elapsedNanos + delay.toNanos(), scheduled++, work, true);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /// Lets time pass and runs what falls due in it.
    public void pass(Duration span) {
        long end = elapsedNanos + span.toNanos();
        for (Task next = tasks.peek(); next != null && next.dueNanos() <= end; next = tasks.peek()) {
            tasks.remove(next);
            elapsedNanos = Math.max(elapsedNanos, next.dueNanos());
            next.work().run();
        }
        elapsedNanos = end;
    }

    /// Sets the wall clock forward, or back, without any time passing.
    public void setClockForward(Duration jump) {
        clockError = clockError.plus(jump);
    }

    /// Tasks that wait.
    public int waiting() {
        return (int) tasks.stream().filter(task -> !task.watch()).count();
    }
}
