package dev.dray.port.outbound;

import java.time.Duration;

/// Runs something later.
public interface Timers {
    /// Runs a task once, not before the delay has passed, on a thread of the implementation's own.
    ///
    /// @param delay zero or more; zero means as soon as possible, but never on the calling thread
    Timer after(Duration delay, Runnable task);

    /// The same for a short task that has to run whatever other threads do: a plugin that never returns
    /// must not keep back what finds it.
    default Timer watch(Duration delay, Runnable task) {
        return after(delay, task);
    }

    /// A task that is waiting.
    interface Timer {
        /// Drops the task if it has not begun. May be called again.
        void cancel();
    }
}
