package dev.dray.domain.worker;

import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that passes only when a test says so. The ticker starts near its overflow.
final class VirtualTime implements Ticker, Timers {
    private record Waiting(long after, long number, Runnable task) {}

    private static final long ORIGIN = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private final PriorityQueue<Waiting> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::after).thenComparingLong(Waiting::number));
    private long elapsed;
    private long numbers;
    private Runnable onCall = () -> {};

    /// Runs at each call that sets a timer.
    void onCall(Runnable check) {
        onCall = check;
    }

    @Override
    public long nanos() {
        return ORIGIN + elapsed;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        onCall.run();
        var waiting = new Waiting(elapsed + delay.toNanos(), numbers++, task);
        tasks.add(waiting);
        return () -> tasks.remove(waiting);
    }

    void pass(Duration duration) {
        long until = elapsed + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().after() <= until) {
            Waiting next = tasks.remove();
            elapsed = next.after();
            next.task().run();
        }
        elapsed = until;
    }

    int waiting() {
        return tasks.size();
    }
}
