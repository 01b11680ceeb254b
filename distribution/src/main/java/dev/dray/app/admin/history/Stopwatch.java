package dev.dray.app.admin.history;

import dev.dray.app.admin.history.Point.Percentiles;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// One kind of duration, over one point after the other. Any thread records, without a lock; all else is
/// guarded by the caller's.
final class Stopwatch {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    // Errors of 1 % are more than a chart can show.
    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(LONGEST_MICROS, DIGITS);
    private final Histogram soFar = new Histogram(LONGEST_MICROS, DIGITS);
    private @Nullable Histogram spare;

    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }

    /// Of the point so far.
    Percentiles now() {
        spare = recorder.getIntervalHistogram(spare);
        soFar.add(spare);
        return Percentiles.of(soFar);
    }

    /// Of the whole point; a new one begins.
    Percentiles close() {
        Percentiles whole = now();
        soFar.reset();
        return whole;
    }
}
