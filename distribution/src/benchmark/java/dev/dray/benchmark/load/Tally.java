package dev.dray.benchmark.load;

import org.HdrHistogram.Histogram;

/// What came of some load while it was looked at: answers, errors and times.
public final class Tally {
    private static final int DIGITS = 3;

    private final Histogram times = new Histogram(DIGITS);
    private long answers;
    private long errors;
    private String firstError = "";
    private long began = System.nanoTime();

    /// Forgets all.
    void restart() {
        times.reset();
        answers = 0;
        errors = 0;
        firstError = "";
        began = System.nanoTime();
    }

    /// Counts an answer.
    ///
    /// @param nanos from when it should have been asked for to when it was complete
    public void answer(long nanos) {
        answers++;
        times.recordValue(Math.max(0, nanos));
    }

    /// Counts something that was not answered as it should have been.
    public void error(String what) {
        if (errors++ == 0) {
            firstError = what;
        }
    }

    public long answers() {
        return answers;
    }

    public long errors() {
        return errors;
    }

    /// Empty without one.
    public String firstError() {
        return firstError;
    }

    public double perSecond() {
        return answers / ((System.nanoTime() - began) / 1e9);
    }

    public double milliseconds(double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    public double mostMilliseconds() {
        return times.getMaxValue() / 1e6;
    }
}
