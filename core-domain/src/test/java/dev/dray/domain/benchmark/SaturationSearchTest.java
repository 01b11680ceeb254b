package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.benchmark.SaturationSearch.Point;
import dev.dray.domain.rig.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaturationSearchTest {
    private static final int MOST = 256;

    private final List<Point> measured = new ArrayList<>();

    private Saturation search(int most, IntFunction<Point> server) {
        var search = new SaturationSearch(most);
        for (OptionalInt next = search.next(measured); next.isPresent(); next = search.next(measured)) {
            measured.add(server.apply(next.getAsInt()));
            assertThat(measured).as("ends").hasSizeLessThan(40);
        }
        return SaturationSearch.found(measured).orElseThrow();
    }

    private List<Integer> tried() {
        return measured.stream().map(Point::concurrency).toList();
    }

    private static Point good(int concurrency, double unitsPerSecond) {
        return new Point(concurrency, unitsPerSecond, true);
    }

    private static IntFunction<Point> slots(int slots) {
        return concurrency -> good(concurrency, 10.0 * Math.min(concurrency, slots));
    }

    @Test
    void risesByDoublingUntilThroughputStopsGrowingThenHalvesTheGap() {
        Saturation found = search(MOST, slots(6));

        assertThat(tried()).containsExactly(1, 2, 4, 8, 16, 12, 6, 5);
        assertThat(found).isEqualTo(new Saturation(6, 6, 60, true, OptionalInt.empty()));
    }

    @Test
    void serialServerSaturatesAtOne() {
        Saturation found = search(MOST, slots(1));

        assertThat(tried()).containsExactly(1, 2);
        assertThat(found.knee()).isEqualTo(1);
        assertThat(found.saturated()).isTrue();
    }

    @Test
    void stopsAtTheHighestConcurrencyAndSaysThatItMayGrowOn() {
        Saturation found = search(12, slots(100));

        assertThat(tried()).containsExactly(1, 2, 4, 8, 12);
        assertThat(found).isEqualTo(new Saturation(12, 12, 120, false, OptionalInt.empty()));
    }

    @Test
    void kneeOfARateThatFlattensIsTheSmallestWithNinetyFivePercent() {
        // A batching server: X(n) = 100 n / (n + 10), without an end to its growth.
        Saturation found = search(MOST, concurrency -> good(concurrency, 100.0 * concurrency / (concurrency + 10)));

        double best = found.unitsPerSecond();
        assertThat(100.0 * found.knee() / (found.knee() + 10)).isGreaterThanOrEqualTo(0.95 * best);
        int tested = measured.stream()
                .mapToInt(Point::concurrency)
                .filter(concurrency -> concurrency < found.knee())
                .max()
                .orElseThrow();
        assertThat(found.knee() - tested).isLessThanOrEqualTo(Math.max(1, found.knee() / 8));
    }

    @Test
    void looksForThePeakBelowAServerThatCollapses() {
        Saturation found = search(
                MOST, concurrency -> good(concurrency, concurrency <= 6 ? 10 * concurrency : 60.0 / concurrency));

        assertThat(tried()).containsExactly(1, 2, 4, 8, 6, 7, 5);
        assertThat(found.peak()).isEqualTo(6);
        assertThat(found.knee()).isEqualTo(6);
    }

    @Test
    void findsHowManyAServerTakesThatRefusesMore() {
        Saturation found = search(MOST, concurrency -> new Point(concurrency, 10.0 * concurrency, concurrency <= 6));

        assertThat(found).isEqualTo(new Saturation(6, 6, 60, true, OptionalInt.of(7)));
    }

    @Test
    void aPeakBetweenTwoThatAreAlikeIsNotOverlooked() {
        // 64 → 640, 128 → 661, and 920 in between.
        Saturation found = search(
                MOST,
                concurrency -> good(concurrency, concurrency <= 92 ? 10 * concurrency : 10 * 92.0 * 92 / concurrency));

        assertThat(found.peak()).isBetween(84, 100);
    }

    @Test
    void kneeBelowTheHighestConcurrencyIsFoundWhereThroughputBends() {
        Saturation found = search(207, slots(170));

        assertThat(found.knee()).isBetween(160, 180);
    }

    @Test
    void nothingIsFoundWhereNotEvenOneIsUsable() {
        var search = new SaturationSearch(MOST);
        measured.add(new Point(1, 10, false));

        assertThat(search.next(measured)).isEmpty();
        assertThat(SaturationSearch.found(measured)).isEmpty();
    }

    @Test
    void noiseAtThePlateauDoesNotMoveTheKneePastTheSlots() {
        double[] noise = {1, 0.99, 1.01, 1, 1.02, 0.98, 1.01, 1};
        Saturation found = search(
                MOST, concurrency -> good(concurrency, 10.0 * Math.min(concurrency, 8) * noise[concurrency % 8]));

        assertThat(found.knee()).isEqualTo(8);
    }

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTheServerTheSearchEndsAndTheKneeKeepsItsPromise(long seed) {
        var random = new SplittableRandom(seed);
        int slots = random.nextInt(1, 200);
        int most = random.nextInt(1, 300);
        int breaks = random.nextInt(4) == 0 ? random.nextInt(2, 300) : Integer.MAX_VALUE;
        boolean collapses = random.nextInt(4) == 0;
        double noise = random.nextInt(3) * 0.01;

        Saturation found = search(most, concurrency -> {
            double rate = collapses && concurrency > slots
                    ? slots * 10.0 * slots / concurrency
                    : 10.0 * Math.min(concurrency, slots);
            return new Point(concurrency, rate * (1 + noise * random.nextDouble()), concurrency < breaks);
        });

        assertThat(tried()).doesNotHaveDuplicates().allMatch(concurrency -> concurrency <= most);
        Point knee = point(found.knee());
        assertThat(knee.usable()).isTrue();
        assertThat(knee.unitsPerSecond()).isGreaterThanOrEqualTo(0.95 * found.unitsPerSecond());
        assertThat(measured.stream()
                        .filter(point -> point.concurrency() < found.knee())
                        .filter(Point::usable))
                .allMatch(point -> point.unitsPerSecond() < 0.95 * found.unitsPerSecond());
        int truth = Math.min(Math.min(slots, most), breaks - 1);
        assertThat(found.knee())
                .as("knee of %d slots, at most %d, breaking at %d", slots, most, breaks)
                .isBetween((int) (0.85 * truth), truth + Math.max(1, truth / 8));
    }

    private Point point(int concurrency) {
        return measured.stream()
                .filter(point -> point.concurrency() == concurrency)
                .findFirst()
                .orElseThrow();
    }
}
