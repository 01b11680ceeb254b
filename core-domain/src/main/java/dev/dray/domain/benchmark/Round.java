package dev.dray.domain.benchmark;

/// One burst, measured.
///
/// @param units workload of the answers with status 200
/// @param nanos from the round's start to the end of its last answer; at least 1
record Round(double units, long nanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    Round {
        // A clock that did not move between two readings must not make the throughput infinite.
        nanos = Math.max(1, nanos);
    }

    double unitsPerSecond() {
        return units / (nanos / NANOS_PER_SECOND);
    }

    /// Both rounds as one.
    Round plus(Round other) {
        return new Round(units + other.units, nanos + other.nanos);
    }
}
