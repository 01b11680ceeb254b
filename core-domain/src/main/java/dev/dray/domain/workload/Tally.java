package dev.dray.domain.workload;

/// Counts requests of one kind together with their workload units. Not thread-safe: guarded by the worker's lock.
public final class Tally {
    private long requests;
    private double units;

    /// One request more.
    public void add(double requestUnits) {
        requests++;
        units += requestUnits;
    }

    /// One request fewer; for gauges.
    public void remove(double requestUnits) {
        requests--;
        // Sums of doubles drift: an empty gauge is exactly 0, and none is ever below.
        units = requests == 0 ? 0 : Math.max(units - requestUnits, 0);
    }

    public long requests() {
        return requests;
    }

    public double units() {
        return units;
    }
}
