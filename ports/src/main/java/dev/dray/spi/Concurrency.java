package dev.dray.spi;

import java.util.Objects;

/// How many requests of a route may run at once.
///
/// @since 1.0
public sealed interface Concurrency {
    /// Name of the queue that serial routes share unless they name another.
    String DEFAULT_QUEUE = "default";

    /// As many as come.
    record Parallel() implements Concurrency {}

    /// One at a time in order of arrival, together with all serial routes of the same queue.
    ///
    /// @param queue name of the queue; never blank
    record Serial(String queue) implements Concurrency {
        public Serial {
            Objects.requireNonNull(queue, "queue");
            if (queue.isBlank()) {
                throw new IllegalArgumentException("a queue needs a name, for example 'default'");
            }
        }
    }

    static Concurrency parallel() {
        return new Parallel();
    }

    static Concurrency serial() {
        return new Serial(DEFAULT_QUEUE);
    }
}
