package dev.dray.domain.admission;

import java.time.Duration;

/// What admission decided about one request. An answer, not an exception: being full is normal.
public sealed interface Decision {
    /// It has a lane and may start.
    record Run() implements Decision {}

    /// It waits in its queue until a lane is passed on to it.
    record Wait() implements Decision {}

    /// Nothing is admitted any more.
    record Closed() implements Decision {}

    /// It is sent away because there is too much work.
    sealed interface Shed extends Decision {
        /// When to come again: whole seconds, 1 to 60.
        Duration retryAfter();
    }

    /// The estimated wait is longer than the route allows.
    ///
    /// @param waitSeconds    the estimate; infinite where the capacity is unknown and something runs
    /// @param maxWaitSeconds what the route allows
    record WaitTooLong(double waitSeconds, double maxWaitSeconds, Duration retryAfter) implements Shed {}

    /// As many requests wait as may wait.
    record QueueFull(int limit, Duration retryAfter) implements Shed {}

    /// As many requests are in the worker as may be.
    record TooManyRequests(int limit, Duration retryAfter) implements Shed {}

    Decision RUN = new Run();
    Decision WAIT = new Wait();
    Decision CLOSED = new Closed();
}
