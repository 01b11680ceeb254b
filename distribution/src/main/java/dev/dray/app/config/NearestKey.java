package dev.dray.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Guesses which key was meant.
final class NearestKey {
    private NearestKey() {}

    /// The names directly below a prefix such as `model.`, sorted.
    static List<String> names(String prefix) {
        return Stream.concat(Keys.IN_FILE.keySet().stream(), Stream.of("handlers"))
                .filter(path -> path.startsWith(prefix) && path.length() > prefix.length())
                .map(path -> firstName(path.substring(prefix.length())))
                .filter(name -> !name.endsWith("[]"))
                .distinct()
                .sorted()
                .toList();
    }

    /// The known key most like this one: a sibling with few letters changed, or the same name in another group.
    static Optional<String> to(String path) {
        String prefix = path.substring(0, path.lastIndexOf('.') + 1);
        String name = path.substring(prefix.length());
        int tolerated = Math.max(1, name.length() / 3);
        Optional<String> sibling = names(prefix).stream()
                .filter(known -> distance(name, known) <= tolerated)
                .min(Comparator.comparingInt(known -> distance(name, known)));
        if (sibling.isPresent()) {
            return sibling;
        }
        return Keys.IN_FILE.keySet().stream()
                .filter(known -> known.endsWith("." + name))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /// Letters to change, add or take away (Levenshtein 1966).
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    private static String firstName(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
