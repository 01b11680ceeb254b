package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.Round.Timing;
import dev.dray.port.exchange.ModelFailure;
import java.util.ArrayList;
import java.util.List;

/// One round in the air: requests sent at once, counted as they end. Guarded by the lock of its
/// [BenchmarkRun].
final class Burst {
    /// The number of the warm-up's round.
    static final int WARM_UP = 0;

    private static final int OK = 200;

    private final int number;
    private final int size;
    private final long startedNanos;
    private int ended;
    private double units;
    private long lastNanos;
    private boolean broken;
    private final List<Timing> timings = new ArrayList<>();
    private final Endings bad = new Endings();

    Burst(int number, int size, long startedNanos) {
        this.number = number;
        this.size = size;
        this.startedNanos = startedNanos;
        this.lastNanos = startedNanos;
    }

    boolean isWarmUp() {
        return number == WARM_UP;
    }

    int number() {
        return number;
    }

    /// An answer was read to its end.
    void answered(int status, double worth, Timing timing, long nanos) {
        if (status == OK) {
            units += worth;
            timings.add(timing);
        } else {
            bad.status(status);
        }
        end(nanos);
    }

    /// An answer did not come, or broke.
    void failed(ModelFailure failure, long nanos) {
        broken = true;
        bad.failure(failure);
        end(nanos);
    }

    private void end(long nanos) {
        ended++;
        lastNanos = nanos;
    }

    boolean isOver() {
        return ended == size;
    }

    Round round() {
        return new Round(units, lastNanos - startedNanos, timings);
    }

    /// Why the benchmark cannot go on after this burst; empty where it can. The status of the warm-up
    /// does not matter, only that there was an answer; a round needs at least one answer that succeeded.
    String fault(String path) {
        if (isWarmUp()) {
            return broken
                    ? "Benchmark failed with error: the warm-up request to %s failed (%s): %s"
                            .formatted(path, bad.byKind(), bad.first())
                    : "";
        }
        return timings.isEmpty()
                ? "No successful responses from benchmark: %d of %d requests of round %d to %s failed (%s); the first: %s"
                        .formatted(size, size, number, path, bad.byKind(), bad.first())
                : "";
    }
}
