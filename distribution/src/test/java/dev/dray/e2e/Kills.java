package dev.dray.e2e;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// When the soak's workers were killed, and what that excuses. Thread-safe.
///
/// A worker writes its journal once a second. So what a killed one had admitted, or what was acknowledged to it, less
/// than [#UNWRITTEN] before may be missing there: the first is told never, the second twice.
final class Kills {
    /// From one writing of the journal to the end of the next: a second between them, and a busy disk.
    private static final Duration UNWRITTEN = Duration.ofMillis(1_900);

    private final List<Kill> kills = new CopyOnWriteArrayList<>();

    /// Something happened between these two readings of the clock.
    record Moment(long from, long to) {}

    /// One end of a worker by SIGKILL.
    ///
    /// @param before  a moment before
    /// @param after   when it was gone
    /// @param started when the next one was ready
    private record Kill(long before, long after, long started) {
        boolean mayHaveForgotten(Moment moment) {
            return moment.from() < after && secondsAfter(moment) < UNWRITTEN.toMillis() / 1e3;
        }

        boolean isFollowedBy(Moment moment) {
            return moment.to() > before && moment.from() < started;
        }

        double secondsAfter(Moment moment) {
            return (before - moment.to()) / 1e9;
        }
    }

    void add(long before, long after, long started) {
        kills.add(new Kill(before, after, started));
    }

    int count() {
        return kills.size();
    }

    /// Whether what happened then may not have been written.
    boolean mayHaveForgotten(Moment moment) {
        return kills.stream().anyMatch(kill -> kill.mayHaveForgotten(moment));
    }

    /// Whether a worker without the platform's key may have answered what was sent then.
    boolean areFollowedBy(Moment moment) {
        return kills.stream().anyMatch(kill -> kill.isFollowedBy(moment));
    }

    /// Seconds from a moment to the kill that made it be forgotten; 0 where none did.
    double age(Moment moment) {
        return kills.stream()
                .filter(kill -> kill.mayHaveForgotten(moment))
                .mapToDouble(kill -> kill.secondsAfter(moment))
                .max()
                .orElse(0);
    }

    /// For messages: how long before each kill it was, and how long each lasted.
    String around(Moment moment) {
        return kills.stream()
                .map(kill ->
                        "%.2f (%.2f down)".formatted(kill.secondsAfter(moment), (kill.started() - kill.before()) / 1e9))
                .toList()
                .toString();
    }
}
