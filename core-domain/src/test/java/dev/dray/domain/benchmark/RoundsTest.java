package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.domain.benchmark.Round.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundsTest {
    private static final long SECOND = 1_000_000_000;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Rounds rounds = new Rounds();

    private void ran(double... unitsPerSecond) {
        for (double score : unitsPerSecond) {
            rounds.add(round(score, SECOND));
        }
    }

    private static Round round(double units, long nanos) {
        return new Round(units, nanos, List.of(new Timing(nanos / 2, nanos)));
    }

    @Test
    void threeRoundsWithinFivePercentAreEnough() {
        ran(100, 102.4);
        assertThat(rounds.complete(8)).isFalse();

        ran(105);
        assertThat(rounds.complete(8)).isTrue();
    }

    @Test
    void onlyTheLastThreeRoundsDecide() {
        ran(100, 200, 203);
        assertThat(rounds.complete(8)).isFalse();

        ran(206);
        assertThat(rounds.complete(8)).isTrue();
    }

    @Test
    void planWithTwoRoundsRunsTwo() {
        ran(100);
        assertThat(rounds.complete(2)).isFalse();

        ran(100);
        assertThat(rounds.complete(2)).isTrue();
    }

    @Test
    void unstableRoundsEndWithThePlan() {
        ran(100, 200, 100, 200);
        assertThat(rounds.complete(5)).isFalse();

        ran(100);
        assertThat(rounds.complete(5)).isTrue();
    }

    @Test
    void scoreIsAllWorkDividedByAllTime() {
        rounds.add(round(1_000, 10 * SECOND));
        rounds.add(round(1_200, 11 * SECOND));

        assertThat(rounds.unitsPerSecond()).isCloseTo(2_200.0 / 21, within(1e-9));
    }

    @Test
    void coldFirstRoundIsDroppedFromScoreAndSpreadButStillShown() {
        ran(79, 100, 100, 102);

        var result = rounds.result(NOON);

        assertThat(result.unitsPerSecond()).isCloseTo(302.0 / 3, within(1e-9));
        assertThat(result.spread()).isCloseTo(0.02, within(1e-9));
        assertThat(result.roundsPerSecond()).containsExactly(79.0, 100.0, 100.0, 102.0);
        assertThat(result.measuredAt()).isEqualTo(NOON);
    }

    @Test
    void latencyOfADroppedRoundDoesNotCount() {
        rounds.add(new Round(10, SECOND, List.of(new Timing(SECOND, SECOND))));
        rounds.add(new Round(100, SECOND, List.of(new Timing(1, 3), new Timing(2, 4))));
        rounds.add(new Round(100, SECOND, List.of(new Timing(3, 5), new Timing(4, 6), new Timing(5, 7))));

        var result = rounds.result(NOON);

        assertThat(result.firstByte().p50()).isEqualTo(Duration.ofNanos(3));
        assertThat(result.firstByte().max()).isEqualTo(Duration.ofNanos(5));
        assertThat(result.endToEnd().p50()).isEqualTo(Duration.ofNanos(5));
        assertThat(result.endToEnd().max()).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void firstRoundTwentyPercentSlowerIsKept() {
        ran(80, 100, 100);

        assertThat(rounds.unitsPerSecond()).isCloseTo(280.0 / 3, within(1e-9));
    }

    @Test
    void fastFirstRoundIsKept() {
        ran(200, 100, 100);

        assertThat(rounds.unitsPerSecond()).isCloseTo(400.0 / 3, within(1e-9));
    }

    @Test
    void onlyRoundIsTheScore() {
        ran(42);

        assertThat(rounds.result(NOON).unitsPerSecond()).isEqualTo(42);
        assertThat(rounds.result(NOON).spread()).isZero();
    }

    @Test
    void roundWithoutTimeIsNotInfinitelyFast() {
        assertThat(round(100, 0).unitsPerSecond()).isFinite();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dray.domain.rig.Seeds#all")
    void scoreLiesWithinTheRoundsAndRoundsStayWithinThePlan(long seed) {
        var random = new SplittableRandom(seed);
        int most = random.nextInt(1, 12);
        List<Double> scores = new ArrayList<>();
        do {
            var round = round(random.nextDouble(1, 1_000), random.nextLong(1, 100 * SECOND));
            scores.add(round.unitsPerSecond());
            rounds.add(round);
        } while (!rounds.complete(most));

        assertThat(scores).hasSizeBetween(Math.min(most, 3), most);
        var all = Distribution.of(scores);
        assertThat(rounds.result(NOON).unitsPerSecond()).isBetween(all.min() * (1 - 1e-9), all.max() * (1 + 1e-9));
        assertThat(rounds.result(NOON).spread()).isNotNegative().isFinite();
    }
}
