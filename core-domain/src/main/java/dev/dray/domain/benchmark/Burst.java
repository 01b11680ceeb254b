package dev.dray.domain.benchmark;

import dev.dray.port.exchange.ModelFailure;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// One round in the air: requests sent at once, counted as they end. Guarded by the lock of its [BenchmarkRun].
final class Burst {
    /// The number of the warm-up's round.
    static final int WARM_UP = 0;

    private static final int OK = 200;

    private final int number;
    private final long startedNanos;
    private int awaited;
    private int good;
    private double units;
    private long lastNanos;
    private String firstFailure = "";
    private final Map<String, Integer> kinds = new TreeMap<>();

    Burst(int number, int size, long startedNanos) {
        this.number = number;
        this.awaited = size;
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
    void answered(int status, double worth, long nanos) {
        if (status == OK) {
            good++;
            units += worth;
        }
        end("status " + status, nanos);
    }

    /// An answer did not come, or broke.
    void failed(ModelFailure failure, long nanos) {
        firstFailure = firstFailure.isEmpty() ? failure.message() : firstFailure;
        end(failure.kind().name(), nanos);
    }

    private void end(String kind, long nanos) {
        kinds.merge(kind, 1, Integer::sum);
        awaited--;
        lastNanos = nanos;
    }

    boolean isOver() {
        return awaited == 0;
    }

    Round round() {
        return new Round(units, lastNanos - startedNanos);
    }

    /// Why the benchmark cannot go on after this burst; empty where it can. The status of the warm-up does not matter,
    /// only that there was an answer; a round needs at least one answer that succeeded.
    String fault(String path) {
        if (isWarmUp()) {
            return firstFailure.isEmpty()
                    ? ""
                    : "Benchmark failed with error: the warm-up request to %s got %s: %s"
                            .formatted(path, endings(), firstFailure);
        }
        if (good > 0) {
            return "";
        }
        return "No successful responses from benchmark: round %d of %s got %s%s"
                .formatted(number, path, endings(), firstFailure.isEmpty() ? "" : "; first failure: " + firstFailure);
    }

    /// How the requests ended, for example `2 × REFUSED, 8 × status 503`.
    private String endings() {
        var text = new StringJoiner(", ");
        kinds.forEach((kind, count) -> text.add(count + " × " + kind));
        return text.toString();
    }
}
