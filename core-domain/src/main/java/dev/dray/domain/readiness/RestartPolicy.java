package dev.dray.domain.readiness;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// When to start the model server's process again: after 1, 2, 4, … 60 s, and not at all once it has
/// ended [#MOST_ENDS] times within [#WINDOW].
///
/// The pause falls back to 1 s after a run that was well, which is one that made the worker READY. Such
/// a run's end counts all the same: a process that comes up and crashes under load is as broken as one
/// that never comes up. Not thread-safe.
public final class RestartPolicy {
    /// The end after which nothing is tried any more.
    public static final int MOST_ENDS = 5;

    /// How close together those ends are.
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /// The latest ends, oldest first; never more than [#MOST_ENDS].
    private final Deque<Long> endsNanos = new ArrayDeque<>();

    private Duration pause = FIRST_PAUSE;

    /// The process is doing what it is for: its next end is not one more of a row.
    public void ranWell() {
        pause = FIRST_PAUSE;
    }

    /// The process has ended.
    ///
    /// @param nanos reading of the monotonic clock
    /// @return how long to wait before it is started again; empty where it should not be
    public Optional<Duration> ended(long nanos) {
        endsNanos.add(nanos);
        if (endsNanos.size() > MOST_ENDS) {
            endsNanos.remove();
        }
        if (endsNanos.size() == MOST_ENDS && nanos - endsNanos.element() <= WINDOW.toNanos()) {
            return Optional.empty();
        }
        Duration now = pause;
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        return Optional.of(now);
    }
}
