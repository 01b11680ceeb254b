package dev.dray.plugin.declarative;

import java.util.regex.Pattern;

/// What an expression gives, read as a number of workload units.
final class Price {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LONGEST = 1_024;

    private Price() {}

    /// A number as it stands, `true` as 1 and `false` as 0, a text that spells a JSON number as that
    /// number; `NaN` for all else.
    static double of(Object result) {
        return switch (result) {
            case Number number -> number.doubleValue();
            case Boolean truth -> truth ? 1 : 0;
            case String text -> spelled(text);
            default -> Double.NaN;
        };
    }

    private static double spelled(String text) {
        if (text.length() > LONGEST) {
            return Double.NaN;
        }
        String trimmed = text.strip();
        return NUMBER.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
    }
}
