package dev.dray.domain.admission;

/// How fast work has been ending of late, in units per second of busy time. Guarded by the worker's lock.
///
/// A mean over about the last minute of busy time: whenever a minute is full, units and seconds are halved, so that
/// what is older counts half.
final class DrainRate {
    private static final double WINDOW_SECONDS = 60;

    private double units;
    private double seconds;

    void busy(double moreSeconds) {
        seconds += moreSeconds;
        while (seconds > WINDOW_SECONDS) {
            seconds /= 2;
            units /= 2;
        }
    }

    void ended(double endedUnits) {
        units += endedUnits;
    }

    /// Units per second; 0 while nothing has ended.
    double perSecond() {
        return seconds > 0 ? units / seconds : 0;
    }
}
