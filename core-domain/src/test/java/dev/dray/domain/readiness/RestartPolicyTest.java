package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RestartPolicyTest {
    private static final long ORIGIN = Long.MAX_VALUE - 1_000;

    private final RestartPolicy policy = new RestartPolicy();
    private long now = ORIGIN;

    private Optional<Duration> endsAfter(Duration run) {
        now += run.toNanos();
        Optional<Duration> pause = policy.ended(now);
        now += pause.orElse(Duration.ZERO).toNanos();
        return pause;
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToAMinute() {
        for (long seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(endsAfter(Duration.ofMinutes(5))).contains(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void givesUpAtTheFifthEndWithinTenMinutes() {
        for (int i = 0; i < 4; i++) {
            assertThat(endsAfter(Duration.ofSeconds(1))).isPresent();
        }

        assertThat(endsAfter(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void fifthEndExactlyTenMinutesAfterTheFirstIsWithinThemAndOneLaterIsNot() {
        long window = RestartPolicy.WINDOW.toNanos();
        for (int i = 0; i < 4; i++) {
            policy.ended(ORIGIN);
        }
        assertThat(policy.ended(ORIGIN + window + 1)).isPresent();

        var other = new RestartPolicy();
        for (int i = 0; i < 4; i++) {
            other.ended(ORIGIN);
        }
        assertThat(other.ended(ORIGIN + window)).isEmpty();
    }

    @Test
    void pauseFallsBackAfterItRanWell() {
        endsAfter(Duration.ofMinutes(5));
        endsAfter(Duration.ofMinutes(5));
        policy.ranWell();

        assertThat(endsAfter(Duration.ofMinutes(5))).contains(Duration.ofSeconds(1));
        assertThat(endsAfter(Duration.ofMinutes(5))).contains(Duration.ofSeconds(2));
    }

    @Test
    void runsThatWereWellCountAllTheSame() {
        for (int i = 0; i < 4; i++) {
            policy.ranWell();
            assertThat(endsAfter(Duration.ofMinutes(1))).contains(Duration.ofSeconds(1));
        }
        policy.ranWell();

        assertThat(endsAfter(Duration.ofMinutes(1))).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dray.domain.rig.Seeds#all")
    void givesUpExactlyWhenFiveEndsLieWithinTheWindow(long seed) {
        var random = new SplittableRandom(seed);
        List<Long> ends = new ArrayList<>();
        long expected = 1;
        for (int i = 0; i < 50; i++) {
            if (random.nextInt(4) == 0) {
                policy.ranWell();
                expected = 1;
            }
            Optional<Duration> pause = endsAfter(Duration.ofSeconds(random.nextLong(400)));
            ends.add(now - pause.orElse(Duration.ZERO).toNanos());
            long fifthLast = ends.get(Math.max(0, ends.size() - 5));
            boolean tooMany = ends.size() >= 5 && ends.getLast() - fifthLast <= RestartPolicy.WINDOW.toNanos();

            assertThat(pause.isEmpty()).isEqualTo(tooMany);
            if (tooMany) {
                return;
            }
            assertThat(pause).contains(Duration.ofSeconds(expected));
            expected = Math.min(60, 2 * expected);
        }
    }
}
