package dev.dray.benchmark.report;

import java.util.Locale;

/// Numbers for people.
final class Numbers {
    private Numbers() {}

    /// Three or four digits that mean something.
    static String text(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f x", value);
    }
}
