package dev.dray.app.simulate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// All that is left to chance in one history, from its seed.
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /// True so many times in a hundred.
    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /// 0 or more, below the bound.
    int below(int bound) {
        return random.nextInt(bound);
    }

    /// Both ends included.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// Nanoseconds between two numbers of microseconds.
    long micros(long least, long most) {
        return random.nextLong(least * 1_000, most * 1_000 + 1);
    }

    /// Nanoseconds between two numbers of milliseconds.
    long millis(long least, long most) {
        return micros(least * 1_000, most * 1_000);
    }

    /// Nanoseconds, exponentially distributed.
    long exponential(double meanNanos) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }

    /// Chance of its own for somebody else, so that his draws do not move ours.
    RandomGenerator another() {
        return random.split();
    }
}
