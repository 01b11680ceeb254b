package dev.dray.app.demo;

import java.util.List;

/// The words the demo model server knows.
final class Vocabulary {
    private static final List<String> WORDS = List.of(
            "a", "low", "cart", "on", "wheels", "carries", "its", "load", "the", "short", "way", "from", "port", "to",
            "yard", "and", "comes", "back", "for", "more");

    private Vocabulary() {}

    /// The n-th token of any answer, with the space behind it.
    static String token(int index) {
        return WORDS.get(index % WORDS.size()) + " ";
    }
}
