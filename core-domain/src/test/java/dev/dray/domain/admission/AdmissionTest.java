package dev.dray.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double UNKNOWN = 0;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final Admission<Integer> admission = new Admission<>(2, 5, 1);
    private final Lanes<Integer> serial = admission.serial();
    private final Lanes<Integer> parallel = admission.parallel();

    static List<Long> seeds() {
        return new SplittableRandom(13).longs(200).boxed().toList();
    }

    @Test
    void runsTheFirstAndQueuesTheNextOfASerialQueue() {
        assertThat(admission.decide(claim(1, 100, serial, NEVER), 0, 10)).isEqualTo(Decision.RUN);
        assertThat(admission.decide(claim(2, 100, serial, NEVER), 0, 10)).isEqualTo(Decision.WAIT);
    }

    @Test
    void runsEveryRequestOfAParallelRouteAtOnce() {
        for (int i = 0; i < 5; i++) {
            assertThat(admission.decide(claim(i, 100, parallel, NEVER), 0, 10)).isEqualTo(Decision.RUN);
        }
    }

    @Test
    void runsAsManyAsThereAreLanes() {
        var both = new Admission<Integer>(2, 5, 2);
        Lanes<Integer> two = both.serial();
        Claim<Integer> first = claim(1, 1, two, NEVER);

        assertThat(both.decide(first, 0, 10)).isEqualTo(Decision.RUN);
        assertThat(both.decide(claim(2, 1, two, NEVER), 0, 10)).isEqualTo(Decision.RUN);
        assertThat(both.decide(claim(3, 1, two, NEVER), 0, 10)).isEqualTo(Decision.WAIT);
        assertThat(both.release(first, 0, 10)).contains(3);
    }

    @Test
    void passesALaneOnInOrderOfArrivalPastThoseWhoLeft() {
        Claim<Integer> running = claim(1, 1, serial, NEVER);
        Claim<Integer> leaves = claim(2, 1, serial, NEVER);
        admission.decide(running, 0, 10);
        admission.decide(leaves, 0, 10);
        admission.decide(claim(3, 1, serial, NEVER), 0, 10);

        admission.withdraw(leaves);

        assertThat(admission.release(running, 0, 10)).contains(3);
        assertThatThrownBy(() -> admission.withdraw(leaves)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shedsWhenTheQueueIsFull() {
        for (int i = 0; i < 3; i++) {
            admission.decide(claim(i, 100, serial, NEVER), 0, 10);
        }

        // 300 units at 10 a second for three requests: one place is free after 10 s.
        assertThat(admission.decide(claim(3, 100, serial, NEVER), 0, 10))
                .isEqualTo(new Decision.QueueFull(2, Duration.ofSeconds(10)));
        assertThat(admission.decide(claim(4, 100, parallel, NEVER), 0, 10)).isEqualTo(Decision.RUN);
    }

    @Test
    void shedsWhenTheWorkerHoldsAsManyAsItMay() {
        for (int i = 0; i < 5; i++) {
            admission.decide(claim(i, 100, parallel, NEVER), 0, 10);
        }

        assertThat(admission.decide(claim(5, 0, parallel, NEVER), 0, 10))
                .isEqualTo(new Decision.TooManyRequests(5, Duration.ofSeconds(10)));
    }

    @Test
    void shedsOnlyAboveTheLongestWaitAndLeavesTheCandidateOut() {
        admission.decide(claim(1, 300, serial, 30), 0, 10);

        assertThat(admission.decide(claim(2, 1_000, serial, 30), 0, 10)).isEqualTo(Decision.WAIT);
        assertThat(admission.decide(claim(3, 1, serial, 30), 0, 10))
                .isEqualTo(new Decision.WaitTooLong(130, 30, Duration.ofSeconds(60)));
    }

    @Test
    void creditsElapsedWorkInTheWait() {
        admission.decide(claim(1, 400, serial, 30), 0, 10);

        assertThat(admission.waitSeconds(5 * SECOND, 10)).isCloseTo(35, within(1e-9));
        assertThat(admission.decide(claim(2, 1, serial, 30), 11 * SECOND, 10)).isEqualTo(Decision.WAIT);
    }

    @Test
    void neverEstimatesZeroBehindABusySerialLane() {
        admission.decide(claim(1, 0, serial, 0), 0, 10);

        assertThat(admission.waitSeconds(1_000 * SECOND, 10)).isPositive();
        assertThat(admission.decide(claim(2, 0, serial, 0), 0, 10)).isInstanceOf(Decision.WaitTooLong.class);
    }

    @Test
    void waitsForEverBehindAnyWorkWhileTheCapacityIsUnknown() {
        assertThat(admission.waitSeconds(0, UNKNOWN)).isZero();
        assertThat(admission.decide(claim(1, 0, parallel, 30), 0, UNKNOWN)).isEqualTo(Decision.RUN);

        assertThat(admission.waitSeconds(0, UNKNOWN)).isInfinite();
        assertThat(admission.decide(claim(2, 1, parallel, 30), 0, UNKNOWN))
                .isEqualTo(new Decision.WaitTooLong(Double.POSITIVE_INFINITY, 30, Duration.ofSeconds(60)));
        assertThat(admission.decide(claim(3, 1, parallel, NEVER), 0, UNKNOWN)).isEqualTo(Decision.RUN);
    }

    @Test
    void advisesToComeAgainByWhatReallyDrains() {
        // 10 units a second were measured, but 100 units took 20 s: 5 a second.
        Claim<Integer> first = claim(1, 100, serial, NEVER);
        admission.decide(first, 0, 10);
        admission.release(first, 20 * SECOND, 10);
        admission.decide(claim(2, 400, serial, NEVER), 20 * SECOND, 10);

        // 400 − 30 · 10 = 100 units too many.
        assertThat(admission.decide(claim(3, 1, serial, 30), 20 * SECOND, 10))
                .isEqualTo(new Decision.WaitTooLong(40, 30, Duration.ofSeconds(20)));
    }

    @Test
    void advisesAtLeastOneSecondAndAtMostSixty() {
        admission.decide(claim(1, 30.1, serial, NEVER), 0, 1);
        assertThat(shed(admission.decide(claim(2, 1, serial, 30), 0, 1)).retryAfter())
                .isEqualTo(Duration.ofSeconds(1));

        admission.decide(claim(3, 1e12, serial, NEVER), 0, 1);
        assertThat(shed(admission.decide(claim(4, 1, serial, 30), 0, 1)).retryAfter())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void admitsNothingOnceClosedButGoesOnWithWhatIsThere() {
        Claim<Integer> running = claim(1, 1, serial, NEVER);
        admission.decide(running, 0, 10);
        admission.decide(claim(2, 1, serial, NEVER), 0, 10);
        admission.close();

        assertThat(admission.decide(claim(3, 1, parallel, NEVER), 0, 10)).isEqualTo(Decision.CLOSED);
        assertThat(admission.release(running, 0, 10)).contains(2);
    }

    @Test
    void refusesAWorkerWithoutAModelServer() {
        assertThatThrownBy(() -> new Admission<Integer>(1, 1, 0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Admission<Integer>(1, 1, 65)).hasMessageContaining("1 to 64");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void startsInOrderOfArrivalNeverMoreThanLanesAndQueuesNoMoreThanAllowed(long seed) {
        var random = new SplittableRandom(seed);
        int lanes = random.nextInt(1, 4);
        int maxQueued = random.nextInt(1, 8);
        var queueAdmission = new Admission<Integer>(maxQueued, 100, lanes);
        Lanes<Integer> group = queueAdmission.serial();
        List<Claim<Integer>> running = new ArrayList<>();
        Deque<Claim<Integer>> waiting = new ArrayDeque<>();
        long now = 0;
        for (int i = 0; i < 300; i++) {
            now += random.nextLong(SECOND);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Claim<Integer> claim = claim(i, random.nextInt(3) * 10.0, group, NEVER);
                    Decision decision = queueAdmission.decide(claim, now, 10);
                    if (running.size() < lanes) {
                        assertThat(decision).isEqualTo(Decision.RUN);
                        running.add(claim);
                    } else if (waiting.size() < maxQueued) {
                        assertThat(decision).isEqualTo(Decision.WAIT);
                        waiting.add(claim);
                    } else {
                        assertThat(decision).isInstanceOf(Decision.QueueFull.class);
                    }
                }
                case 2, 3 -> {
                    if (!running.isEmpty()) {
                        Claim<Integer> done = running.remove(random.nextInt(running.size()));
                        Optional<Integer> next = queueAdmission.release(done, now, 10);
                        assertThat(next)
                                .isEqualTo(Optional.ofNullable(waiting.peek()).map(Claim::request));
                        if (!waiting.isEmpty()) {
                            running.add(waiting.remove());
                        }
                    }
                }
                default -> {
                    if (!waiting.isEmpty()) {
                        Claim<Integer> leaves = List.copyOf(waiting).get(random.nextInt(waiting.size()));
                        waiting.remove(leaves);
                        queueAdmission.withdraw(leaves);
                    }
                }
            }
            double wait = queueAdmission.waitSeconds(now, 10);
            assertThat(wait).isEqualTo(running.isEmpty() ? 0 : Math.max(wait, Double.MIN_VALUE));
        }
    }

    private static Decision.Shed shed(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Shed.class);
        return (Decision.Shed) decision;
    }

    private static Claim<Integer> claim(int number, double units, Lanes<Integer> lanes, double maxWaitSeconds) {
        return new Claim<>(number, units, lanes, maxWaitSeconds);
    }
}
