package dev.dray.app.admin.history;

import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/// The work done within one point, and the way back to the points before.
///
/// A request's units become known as done only when it ends, which may be minutes after it began. They are
/// spread evenly over the time it ran, so that points that seemed idle are filled in afterwards and none shows
/// more than was really done in it. What lies before the oldest point is left out.
///
/// Any thread adds; [#forget()] may come from another one at the same time.
final class Work {
    private final long startNanos;
    private final DoubleAdder units = new DoubleAdder();
    private volatile @Nullable Work before;

    /// @param startNanos reading of the monotonic clock
    Work(long startNanos, @Nullable Work before) {
        this.startNanos = startNanos;
        this.before = before;
    }

    long startNanos() {
        return startNanos;
    }

    double units() {
        return units.sum();
    }

    /// Lets go of the points before.
    void forget() {
        before = null;
    }

    /// Spreads the units of a request that has just ended; to be asked of the newest point.
    ///
    /// @param from when it began, a reading of the monotonic clock
    /// @param to   when it ended
    void add(double done, long from, long to) {
        long whole = to - from;
        if (whole <= 0) {
            units.add(done);
            return;
        }
        long end = to;
        for (Work each = this; each != null && end - from > 0; each = each.before) {
            long begin = each.startNanos - from > 0 ? each.startNanos : from;
            if (end - begin > 0) {
                each.units.add(done * ((double) (end - begin) / whole));
                end = begin;
            }
        }
    }
}
