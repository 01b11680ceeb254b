package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersSeenTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 42})
    void knowsEachNumber(long number) {
        // With the seed itself the mixed number is 0, which marks a free slot.
        for (long seed : new long[] {0, 42, number}) {
            var seen = new NumbersSeen(10, seed);

            assertThat(seen.add(number)).isTrue();
            assertThat(seen.add(number)).isFalse();
            assertThat(seen.add(number + 1)).isTrue();
        }
    }

    /// Against a list of all that came: what is among the latest is known, what is older than twice as many is not.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000})
    void remembersTheLatestAndNoMoreThanTwiceAsMany(int most) {
        var random = new Random(most);
        var seen = new NumbersSeen(most, random.nextLong());
        List<Long> came = new ArrayList<>();

        for (int i = 0; i < 20 * most + 2_000; i++) {
            long number = random.nextLong(-most, 3L * most);
            boolean isNew = seen.add(number);
            int age = differentSince(came, number, 2 * most + 1);

            if (age < most) {
                assertThat(isNew).as("one of the latest, step %d", i).isFalse();
            } else if (age > 2 * most) {
                assertThat(isNew).as("older than any, step %d", i).isTrue();
            }
            came.add(number);
        }
    }

    @Test
    void grows() {
        var seen = new NumbersSeen(100_000, 7);

        assertThat(LongStream.range(0, 100_000).filter(seen::add).count()).isEqualTo(100_000);
        assertThat(LongStream.range(0, 100_000).filter(seen::add).count()).isZero();
    }

    /// How many other numbers came since this one; `limit` where those are as many, or it never came.
    private static int differentSince(List<Long> came, long number, int limit) {
        var others = new HashSet<Long>();
        for (Long other : came.reversed()) {
            if (other == number) {
                return others.size();
            }
            if (others.add(other) && others.size() == limit) {
                return limit;
            }
        }
        return limit;
    }
}
