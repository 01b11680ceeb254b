package dev.dray.plugin.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/// Texts of plain English words, drawn at random.
///
/// @param words one word an entry, at least one
record RandomWords(List<String> words) {
    private static final String RESOURCE = "words.txt";

    RandomWords {
        words = List.copyOf(words);
    }

    /// The list inside this jar.
    static RandomWords load() {
        try (InputStream in = Objects.requireNonNull(RandomWords.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new RandomWords(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException fault) {
            throw new UncheckedIOException(
                    "cannot read " + RESOURCE + " of the plugin's jar; the jar is damaged", fault);
        }
    }

    /// That many words with a blank between.
    String text(int count, RandomGenerator random) {
        var text = new StringJoiner(" ");
        for (int i = 0; i < count; i++) {
            text.add(words.get(random.nextInt(words.size())));
        }
        return text.toString();
    }

    /// Words with a blank between, of about that many characters: the last word is the one that reaches
    /// the number.
    String characters(int count, RandomGenerator random) {
        var text = new StringBuilder();
        while (text.length() < count) {
            text.append(text.isEmpty() ? "" : " ").append(words.get(random.nextInt(words.size())));
        }
        return text.toString();
    }
}
