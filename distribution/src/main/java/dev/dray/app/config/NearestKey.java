package dev.dray.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Guesses which key, or which word, was meant.
public final class NearestKey {
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
        Optional<String> sibling = among(names(prefix), name);
        if (sibling.isPresent()) {
            return sibling;
        }
        return Keys.IN_FILE.keySet().stream()
                .filter(known -> known.endsWith("." + name))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /// The word most like this one, if any is like it.
    public static Optional<String> among(List<String> words, String meant) {
        int tolerated = Math.max(1, meant.length() / 3);
        return words.stream()
                .filter(known -> distance(meant, known) <= tolerated)
                .min(Comparator.comparingInt(known -> distance(meant, known)));
    }

    /// Letters to change, add, take away or swap with their neighbour (Damerau 1964, optimal string alignment).
    static int distance(String from, String to) {
        int[][] rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int step(int[][] rows, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }

    private static String firstName(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
