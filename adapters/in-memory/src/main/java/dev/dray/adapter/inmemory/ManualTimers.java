package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Timers on a virtual clock, and so the event queue of a simulation.
///
/// A task runs on the thread that lets time pass, when its time has come; tasks of the same moment in the order they
/// were set. The ticker shows a task's own time while it runs. What a task throws comes out of the call that ran it.
/// `lock` guards the queue and is never held while a task runs. Dropping a task costs nothing: it stays in the queue,
/// marked, until its moment.
public final class ManualTimers implements Timers {
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(Entry::compare);
    private final ManualTicker ticker;
    private long set;
    private int waiting;

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
        return afterNanos(delay.toNanos(), task);
    }

    /// The same without the object for the delay.
    ///
    /// @param delay 0 or more
    public Timer afterNanos(long delay, Runnable task) {
        lock.lock();
        try {
            var entry = new Entry(ticker.passedNanos() + delay, set++, task);
            queue.add(entry);
            waiting++;
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /// Lets time pass and runs, in order, what becomes due, also what those tasks set for within that time.
    public void advance(Duration duration) {
        long end = ticker.passedNanos() + duration.toNanos();
        for (Entry next = takeDue(end); next != null; next = takeDue(end)) {
            run(next);
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
        Entry next = takeDue(Long.MAX_VALUE);
        if (next == null) {
            return false;
        }
        run(next);
        return true;
    }

    /// How long until the earliest task; empty if none is waiting.
    public Optional<Duration> untilNext() {
        lock.lock();
        try {
            Entry next = first();
            return next == null
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(Math.max(next.due - ticker.passedNanos(), 0)));
        } finally {
            lock.unlock();
        }
    }

    /// Number of tasks that wait.
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry takeDue(long end) {
        lock.lock();
        try {
            Entry next = first();
            if (next == null || next.due > end) {
                return null;
            }
            queue.poll();
            next.waits = false;
            waiting--;
            return next;
        } finally {
            lock.unlock();
        }
    }

    // The dropped ones before it leave the queue here.
    private @Nullable Entry first() {
        Entry next = queue.peek();
        while (next != null && !next.waits) {
            queue.poll();
            next = queue.peek();
        }
        return next;
    }

    private void run(Entry entry) {
        moveTo(entry.due);
        entry.task.run();
    }

    // A task may itself have let time pass: never turn the clock back.
    private void moveTo(long moment) {
        long left = moment - ticker.passedNanos();
        if (left > 0) {
            ticker.advanceNanos(left);
        }
    }

    private final class Entry implements Timer {
        private final long due;
        private final long number;
        private final Runnable task;
        // Until it was taken or dropped; guarded by the lock.
        private boolean waits = true;

        Entry(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        static int compare(Entry one, Entry other) {
            int order = Long.compare(one.due, other.due);
            return order != 0 ? order : Long.compare(one.number, other.number);
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                if (waits) {
                    waits = false;
                    waiting--;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
