package dev.dray.benchmark.model;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/// Streams that make a token now and then, in the order of who is next.
final class PacedStreams {
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(Comparator.comparingLong(entry -> entry.due));

    /// A stream's place in the queue.
    private static final class Entry {
        private final Connection connection;
        private final long interval;
        private long due;

        private Entry(Connection connection, long interval, long due) {
            this.connection = connection;
            this.interval = interval;
            this.due = due;
        }
    }

    /// A stream whose first token has just been made.
    void add(Connection connection, int tokensPerSecond, long now) {
        long interval = TimeUnit.SECONDS.toNanos(1) / tokensPerSecond;
        queue.add(new Entry(connection, interval, now + interval));
    }

    /// Makes the tokens that are due. A stream that is late keeps its rhythm: what it missed follows at once.
    ///
    /// @return nanoseconds until the next is due
    long runDue(long now) {
        while (true) {
            Entry first = queue.peek();
            if (first == null) {
                return Long.MAX_VALUE;
            }
            if (first.due > now) {
                return first.due - now;
            }
            queue.poll();
            if (first.connection.token()) {
                first.due += first.interval;
                queue.add(first);
            }
        }
    }
}
