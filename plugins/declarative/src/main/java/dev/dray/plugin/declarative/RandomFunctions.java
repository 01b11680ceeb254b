package dev.dray.plugin.declarative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/// What a template draws by chance.
final class RandomFunctions {
    /// The benchmark's generator, while a template is filled in.
    static final ScopedValue<RandomGenerator> CHANCE = ScopedValue.newInstance();

    private static final int MOST_WORDS = 100_000;
    private static final List<String> WORDS = words();

    private RandomFunctions() {}

    /// That many English words with a blank between.
    static String words(long count) {
        if (count < 0 || count > MOST_WORDS) {
            throw new IllegalArgumentException("random_words takes 0 to %d, found %d".formatted(MOST_WORDS, count));
        }
        var text = new StringJoiner(" ");
        for (long i = 0; i < count; i++) {
            text.add(WORDS.get(CHANCE.get().nextInt(WORDS.size())));
        }
        return text.toString();
    }

    /// A whole number, both ends included.
    static long integer(long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException(
                    "random_int takes the smaller number first, found %d and %d".formatted(min, max));
        }
        if (max < Long.MAX_VALUE) {
            return CHANCE.get().nextLong(min, max + 1);
        }
        return min == Long.MIN_VALUE ? CHANCE.get().nextLong() : CHANCE.get().nextLong(min - 1, max) + 1;
    }

    private static List<String> words() {
        try (InputStream in =
                Objects.requireNonNull(RandomFunctions.class.getResourceAsStream("words.txt"), "words.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read words.txt of the plugin's jar; the jar is damaged", fault);
        }
    }
}
