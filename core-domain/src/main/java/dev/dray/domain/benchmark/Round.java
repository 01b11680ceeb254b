package dev.dray.domain.benchmark;

import java.util.List;

/// One burst, measured.
///
/// @param units   workload of the answers with status 200
/// @param nanos   from the round's start to the end of its last answer; at least 1
/// @param timings of the answers with status 200
record Round(double units, long nanos, List<Timing> timings) {
    private static final double NANOS_PER_SECOND = 1e9;

    Round {
        nanos = atLeastOne(nanos);
        timings = List.copyOf(timings);
    }

    double unitsPerSecond() {
        return unitsPerSecond(units, nanos);
    }

    static double unitsPerSecond(double units, long nanos) {
        return units / (nanos / NANOS_PER_SECOND);
    }

    // A clock that did not move between two readings must not make a throughput infinite.
    private static long atLeastOne(long nanos) {
        return Math.max(1, nanos);
    }

    /// How long one answer took.
    ///
    /// @param firstByteNanos from the round's start to the first byte of the answer's body, or to its
    ///     head where it has none; at least 1
    /// @param endNanos       from the round's start to the end of the answer; at least 1
    record Timing(long firstByteNanos, long endNanos) {
        Timing {
            firstByteNanos = atLeastOne(firstByteNanos);
            endNanos = atLeastOne(endNanos);
        }
    }
}
