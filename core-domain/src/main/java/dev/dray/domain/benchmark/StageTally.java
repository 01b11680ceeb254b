package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.Round.Timing;
import dev.dray.domain.benchmark.Stage.Answers;
import dev.dray.domain.benchmark.Stage.End;
import dev.dray.domain.benchmark.Stage.Throughput;
import dev.dray.domain.benchmark.Stage.Times;
import dev.dray.port.exchange.ModelFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/// The books of one stage. A round is over when as many answers have come as are in flight, and half a second has
/// passed.
///
/// What a round took is the time its requests held a lane, divided by the lanes: X = N ÷ R, Little's law for a closed
/// loop, with R from one answer to the next on the same lane. Not the time by the clock: where answers come in step,
/// as those of a batching server do, a round that ends just before a step would seem short by a whole one. The first
/// request of each lane only fills the model server and does not count. Guarded by the lock of its [StageRun].
final class StageTally {
    /// Shortest round: a hiccup of a few milliseconds must not make a stage unstable.
    static final Duration LEAST_ROUND = Duration.ofMillis(500);

    /// Most rounds of one stage.
    static final int MOST_ROUNDS = 12;

    // A few failures are no pattern.
    private static final int LEAST_FAILURES = 3;
    private static final int LEAST_SAMPLE = 20;

    private static final int OK = 200;

    private final int concurrency;
    private final long startedNanos;
    private final Rounds rounds = new Rounds();
    private final Endings bad = new Endings();
    // Of each round.
    private final List<Samples> between = new ArrayList<>();
    private Samples roundBetween = new Samples();
    private long roundNanos;
    private boolean begun;
    private double roundUnits;
    private long heldNanos;
    private List<Timing> timings = new ArrayList<>();
    private int filled;
    private int good;
    private double units;
    private double allUnits;
    private double tokens;
    private boolean tokensKnown = true;

    StageTally(int concurrency, long startedNanos) {
        this.concurrency = concurrency;
        this.startedNanos = startedNanos;
    }

    /// A good answer to the first request of a lane.
    void filled(double worth) {
        filled++;
        allUnits += worth;
    }

    /// A good answer.
    void answered(Answered answer, AnswerTimes times) {
        good++;
        units += answer.units();
        allUnits += answer.units();
        roundUnits += answer.units();
        heldNanos += answer.nanos() - answer.freeNanos();
        timings.add(answer.timing());
        roundBetween.addAll(times.between());
        tokensKnown &= times.tokens() >= 0;
        tokens += Math.max(0, times.tokens());
        if (!begun) {
            begun = true;
            roundNanos = answer.freeNanos();
        }
        if (timings.size() >= concurrency && answer.nanos() - roundNanos >= LEAST_ROUND.toNanos()) {
            rounds.add(new Round(roundUnits, heldNanos / concurrency, timings));
            between.add(roundBetween);
            roundBetween = new Samples();
            roundNanos = answer.nanos();
            roundUnits = 0;
            heldNanos = 0;
            timings = new ArrayList<>();
        }
    }

    /// A good answer.
    ///
    /// @param units     it is worth
    /// @param timing    of its request
    /// @param freeNanos when its lane became free for it
    /// @param nanos     when it ended
    record Answered(double units, Timing timing, long freeNanos, long nanos) {}

    /// An answer with another status.
    void refused(int status) {
        bad.status(status);
    }

    /// An answer did not come, or broke.
    void failed(ModelFailure failure) {
        bad.failure(failure);
    }

    static boolean isGood(int status) {
        return status == OK;
    }

    /// Whether the stage is over, and why; empty while it is to go on.
    Optional<End> verdict(long nanos, SweepLimits limits) {
        int ended = filled + good + bad.count();
        if (bad.count() >= LEAST_FAILURES && bad.count() > limits.errorShare() * Math.max(ended, LEAST_SAMPLE)) {
            return Optional.of(End.BROKEN);
        }
        if (rounds.stable()) {
            return Optional.of(End.STABLE);
        }
        boolean used = rounds.count() >= MOST_ROUNDS
                || (hasRounds() && nanos - startedNanos >= limits.stage().toNanos());
        return used ? Optional.of(End.UNSTABLE) : Optional.empty();
    }

    /// What became of the first bad answer, and what to do; empty where there is none.
    String firstFailure() {
        return bad.first();
    }

    boolean hasRounds() {
        return rounds.count() > 0;
    }

    /// Units per second since the stage began.
    double rate(long nanos) {
        return Round.unitsPerSecond(allUnits, Math.max(1, nanos - startedNanos));
    }

    int good() {
        return filled + good;
    }

    int bad() {
        return bad.count();
    }

    int rounds() {
        return rounds.count();
    }

    long elapsed(long nanos) {
        return nanos - startedNanos;
    }

    Stage stage(End end) {
        var answers = new Answers(good, bad.kinds());
        if (!hasRounds()) {
            return new Stage(concurrency, end, answers, Throughput.NONE, Times.NONE);
        }
        return new Stage(
                concurrency,
                end,
                answers,
                throughput(),
                new Times(times(Timing::firstByteNanos), between(), times(Timing::endNanos)));
    }

    private Throughput throughput() {
        List<Round> kept = rounds.keptRounds();
        double seconds = kept.stream().mapToLong(Round::nanos).sum() / 1e9;
        int answered = kept.stream().mapToInt(round -> round.timings().size()).sum();
        double unitsPerSecond = rounds.unitsPerSecond();
        return new Throughput(
                unitsPerSecond,
                answered / seconds,
                tokensKnown && units > 0 ? OptionalDouble.of(unitsPerSecond * tokens / units) : OptionalDouble.empty(),
                rounds.spread(),
                rounds.unitsPerSecondEach());
    }

    // A round that is dropped is the first.
    private Optional<Distribution> between() {
        var kept = new Samples();
        int dropped = rounds.count() - rounds.keptRounds().size();
        between.subList(dropped, between.size()).forEach(kept::addAll);
        return kept.distribution();
    }

    private Optional<Distribution> times(ToLongFunction<Timing> part) {
        var samples = new Samples();
        for (Round round : rounds.keptRounds()) {
            round.timings().forEach(timing -> samples.add(part.applyAsLong(timing)));
        }
        return samples.distribution();
    }
}
