package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.Round.Timing;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// The rounds run so far, and what follows from them.
///
/// The score is the workload of all rounds kept ÷ the time of all rounds kept: the mean throughput, in
/// which a long round counts for more than a short one. Not the maximum, which rewards luck. The first
/// round is dropped where it was over 20 % slower than the median of the others: caches were cold. Not
/// thread-safe.
final class Rounds {
    /// Rounds that are looked at for stability, and the fewest that are run where the plan allows as
    /// many.
    private static final int WINDOW = 3;

    /// Largest spread of a stable window.
    private static final double STABLE_SPREAD = 0.05;

    /// A first round below this share of the others' median is dropped.
    private static final double COLD = 0.8;

    private final List<Round> all = new ArrayList<>();

    void add(Round round) {
        all.add(round);
    }

    /// Whether no further round is needed.
    ///
    /// @param most rounds the plan allows; 1 or more
    boolean complete(int most) {
        return all.size() >= most || stable();
    }

    /// Whether the last rounds are alike.
    boolean stable() {
        return all.size() >= WINDOW
                && distribution(all.subList(all.size() - WINDOW, all.size())).spread() <= STABLE_SPREAD;
    }

    /// (Largest − smallest) ÷ median of the throughput of the rounds kept.
    double spread() {
        return distribution(kept()).spread();
    }

    /// Throughput of each round, in the order run.
    List<Double> unitsPerSecondEach() {
        return all.stream().map(Round::unitsPerSecond).toList();
    }

    /// How many there are.
    int count() {
        return all.size();
    }

    /// The rounds that count.
    List<Round> keptRounds() {
        return List.copyOf(kept());
    }

    /// Workload units per second over the rounds kept.
    double unitsPerSecond() {
        List<Round> kept = kept();
        return Round.unitsPerSecond(
                kept.stream().mapToDouble(Round::units).sum(),
                kept.stream().mapToLong(Round::nanos).sum());
    }

    /// What they come to; needs a round at least, and an answer with status 200 in it.
    BenchmarkResult result(Instant measuredAt) {
        return new BenchmarkResult(
                unitsPerSecond(),
                spread(),
                unitsPerSecondEach(),
                latency(Timing::firstByteNanos),
                latency(Timing::endNanos),
                measuredAt);
    }

    private Latency latency(ToLongFunction<Timing> part) {
        var nanos = Distribution.of(kept().stream()
                .flatMap(round -> round.timings().stream())
                .map(timing -> (double) part.applyAsLong(timing))
                .toList());
        return new Latency(
                duration(nanos.percentile(50)),
                duration(nanos.percentile(95)),
                duration(nanos.percentile(99)),
                duration(nanos.max()));
    }

    private static Duration duration(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }

    private List<Round> kept() {
        if (all.size() < 2) {
            return all;
        }
        List<Round> others = all.subList(1, all.size());
        boolean cold =
                all.getFirst().unitsPerSecond() < COLD * distribution(others).median();
        return cold ? others : all;
    }

    private static Distribution distribution(List<Round> rounds) {
        return Distribution.of(rounds.stream().map(Round::unitsPerSecond).toList());
    }
}
