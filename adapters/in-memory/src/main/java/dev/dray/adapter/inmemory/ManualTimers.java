package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Timers on a virtual clock, and so the event queue of a simulation.
///
/// A task runs on the thread that lets time pass, when its time has come; tasks of the same moment in the order they
/// were set. The ticker shows a task's own time while it runs. What a task throws comes out of the call that ran it.
/// `lock` guards the queue and is never held while a task runs.
public final class ManualTimers implements Timers {
    private static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::due).thenComparingLong(Entry::number);

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Entry> waiting = new PriorityQueue<>(BY_TIME);
    private final ManualTicker ticker;
    private long set;

    /// Timers that move this ticker.
    public ManualTimers(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /// The clock these timers move.
    public ManualTicker ticker() {
        return ticker;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a timer's delay must be 0 or more, got " + delay);
        }
        lock.lock();
        try {
            var entry = new Entry(ticker.passed().plus(delay), set++, task);
            waiting.add(entry);
            return () -> drop(entry);
        } finally {
            lock.unlock();
        }
    }

    /// Lets time pass and runs, in order, what becomes due, also what those tasks set for within that time.
    public void advance(Duration duration) {
        Duration end = ticker.passed().plus(duration);
        for (Entry next = takeDue(end); next != null; next = takeDue(end)) {
            moveTo(next.due());
            next.task().run();
        }
        moveTo(end);
    }

    /// Runs what is due now, without letting time pass.
    public void runDue() {
        advance(Duration.ZERO);
    }

    /// Jumps to the earliest task and runs it.
    ///
    /// @return false if none is waiting
    public boolean runNext() {
        Entry next = takeDue(null);
        if (next == null) {
            return false;
        }
        moveTo(next.due());
        next.task().run();
        return true;
    }

    /// How long until the earliest task; empty if none is waiting.
    public Optional<Duration> untilNext() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.peek())
                    .map(entry -> entry.due().minus(ticker.passed()))
                    .map(left -> left.isNegative() ? Duration.ZERO : left);
        } finally {
            lock.unlock();
        }
    }

    /// Number of tasks that wait.
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry takeDue(@Nullable Duration end) {
        lock.lock();
        try {
            Entry next = waiting.peek();
            return next == null || (end != null && next.due().compareTo(end) > 0) ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    // A task may itself have let time pass: never turn the clock back.
    private void moveTo(Duration moment) {
        Duration left = moment.minus(ticker.passed());
        if (left.isPositive()) {
            ticker.advance(left);
        }
    }

    private void drop(Entry entry) {
        lock.lock();
        try {
            waiting.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private record Entry(Duration due, long number, Runnable task) {}
}
