package dev.dray.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BacklogTest {
    private static final long SECOND = 1_000_000_000L;
    // A reading shortly before the ticker overflows; no constant, since the compiler sees that one coming.
    private static final long ORIGIN = Math.subtractExact(Long.MAX_VALUE, 5 * SECOND);

    private final Lanes<String> lanes = new Admission<String>(1, 1, 1).parallel();
    private final Backlog backlog = new Backlog();

    static List<Long> seeds() {
        return new SplittableRandom(20).longs(200).boxed().toList();
    }

    @Test
    void creditsAStartedRequestForElapsedWork() {
        backlog.advance(ORIGIN, 10);
        backlog.start(claim(100));

        backlog.advance(ORIGIN + 4 * SECOND, 10);

        assertThat(backlog.units()).isCloseTo(60, within(1e-9));
    }

    @Test
    void leavesATenthOfAStartedRequestHoweverLongItRuns() {
        backlog.advance(ORIGIN, 10);
        backlog.start(claim(100));

        // Over the overflow of the ticker, too.
        backlog.advance(ORIGIN + 1_000 * SECOND, 10);

        assertThat(backlog.units()).isCloseTo(10, within(1e-9));
    }

    @Test
    void sharesTheRateAmongStartedRequests() {
        backlog.advance(ORIGIN, 10);
        backlog.start(claim(100));
        backlog.start(claim(1_000));

        backlog.advance(ORIGIN + 4 * SECOND, 10);

        assertThat(backlog.units()).isCloseTo(100 - 20 + 1_000 - 20, within(1e-9));
    }

    @Test
    void givesNoCreditToQueuedRequestsAndNoneWhileTheRateIsUnknown() {
        backlog.advance(ORIGIN, 0);
        backlog.start(claim(100));
        backlog.enqueue(claim(50));

        backlog.advance(ORIGIN + 4 * SECOND, 0);

        assertThat(backlog.units()).isEqualTo(150);
    }

    @Test
    void isExactlyEmptyWhenAllHaveEnded() {
        Claim<String> one = claim(0.1);
        Claim<String> other = claim(0.7);
        backlog.start(one);
        backlog.enqueue(other);
        backlog.advance(ORIGIN + SECOND / 3, 0.3);
        backlog.end(one);
        backlog.dequeue(other);

        assertThat(backlog.units()).isZero();
        assertThat(backlog.requests()).isZero();
    }

    /// Decision 13 added up request by request, as it stands: the share is the same from the first to the last.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheSumOfDecision13WhileTheStartedStayTheSame(long seed) {
        var random = new SplittableRandom(seed);
        double rate = random.nextDouble(1, 100);
        List<Claim<String>> started = new ArrayList<>();
        backlog.advance(ORIGIN, rate);
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            started.add(claim(random.nextDouble(0, 100)));
        }
        started.forEach(backlog::start);

        long elapsed = 0;
        for (int i = 0; i < 20; i++) {
            elapsed += random.nextLong(3 * SECOND);
            backlog.advance(ORIGIN + elapsed, rate);

            double credit = rate * (elapsed / 1e9) / started.size();
            double expected = started.stream()
                    .mapToDouble(claim -> Math.max(claim.units() - credit, 0.1 * claim.units()))
                    .sum();
            assertThat(backlog.units()).isCloseTo(expected, within(1e-6));
        }
    }

    /// The same with requests that come and go: the share of each moment counts for that moment.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithASumRequestByRequestWhileRequestsComeAndGo(long seed) {
        var random = new SplittableRandom(seed);
        List<Oracle> started = new ArrayList<>();
        List<Claim<String>> queued = new ArrayList<>();
        long now = ORIGIN;
        backlog.advance(now, 1);
        for (int step = 0; step < 200; step++) {
            double rate = random.nextInt(8) == 0 ? 0 : random.nextDouble(1, 50);
            long pause = random.nextLong(SECOND);
            now += pause;
            backlog.advance(now, rate);
            for (Oracle one : started) {
                one.credit += rate * (pause / 1e9) / started.size();
            }
            switch (random.nextInt(4)) {
                case 0 -> {
                    var claim = claim(random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 30));
                    backlog.start(claim);
                    started.add(new Oracle(claim));
                }
                case 1 -> {
                    var claim = claim(random.nextDouble(0, 30));
                    backlog.enqueue(claim);
                    queued.add(claim);
                }
                case 2 -> {
                    if (!started.isEmpty()) {
                        backlog.end(started.remove(random.nextInt(started.size())).claim);
                    }
                }
                default -> {
                    if (!queued.isEmpty()) {
                        backlog.dequeue(queued.remove(random.nextInt(queued.size())));
                    }
                }
            }
            double expected = queued.stream().mapToDouble(Claim::units).sum();
            for (Oracle one : started) {
                double units = one.claim.units();
                expected += Math.max(units - one.credit, 0.1 * units);
            }
            assertThat(backlog.units()).isCloseTo(expected, within(1e-6));
        }
    }

    private Claim<String> claim(double units) {
        return new Claim<>("request", units, lanes, Double.POSITIVE_INFINITY);
    }

    private static final class Oracle {
        private final Claim<String> claim;
        private double credit;

        Oracle(Claim<String> claim) {
            this.claim = claim;
        }
    }
}
