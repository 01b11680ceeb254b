package dev.dray.app.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Numbers as a person reads them: always with their unit, three digits that count.
final class Figures {
    private static final Set<String> NO_TEXT = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private Figures() {}

    /// 3802, 380.2, 38.02, 0.38.
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1_000 || (value == Math.rint(value) && size >= 100)) {
            return "%.0f".formatted(value);
        }
        return size >= 100 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /// `1.5 %`.
    static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }

    /// `12 µs`, `0.42 ms`, `12.3 ms`, `123 ms`, `1.23 s`, `12.3 s`.
    static String time(double nanos) {
        double millis = nanos / 1e6;
        if (millis < 0.0995) {
            return "%.0f µs".formatted(nanos / 1e3);
        }
        if (millis < 999.5) {
            return digits(millis) + " ms";
        }
        return digits(millis / 1e3) + " s";
    }

    private static String digits(double value) {
        String form = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return form.formatted(value);
    }

    /// As `worker.yaml` takes it: `320ms`, `12s`.
    static String setting(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /// Text as YAML takes it for text: in quotes where it might be something else.
    static String yaml(String text) {
        boolean plain = text.matches("[/A-Za-z][/A-Za-z0-9._~-]*") && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// `1 round`, `3 rounds`.
    static String count(int amount, String one) {
        return amount + " " + one + (amount == 1 ? "" : "s");
    }

    /// `out-of-budget`.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
