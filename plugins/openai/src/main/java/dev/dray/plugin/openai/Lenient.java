package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Reads fields as loosely as the platform prices them: what cannot be read costs what is usual, and
/// the model server
/// says what is wrong with it.
final class Lenient {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private Lenient() {}

    /// The number, numeric strings included; the fallback where there is none, or none that is finite.
    static double number(Optional<JsonValue> value, double fallback) {
        OptionalDouble number = value.map(JsonValue::numeric).orElseGet(OptionalDouble::empty);
        return finite(number.orElse(fallback), fallback);
    }

    /// The number a text spells, white space around it allowed; the fallback where it spells none that
    /// is finite.
    static double number(String text, double fallback) {
        String trimmed = text.strip();
        if (!NUMBER.matcher(trimmed).matches()) {
            return fallback;
        }
        return finite(Double.parseDouble(trimmed), fallback);
    }

    /// Whether a field says anything: `null`, `false`, 0, and an empty text, list or object do not.
    static boolean says(Optional<JsonValue> value) {
        return value.filter(Lenient::saysAnything).isPresent();
    }

    private static boolean saysAnything(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonNull _ -> false;
            case JsonValue.JsonBoolean bool -> bool.value();
            case JsonValue.JsonNumber number -> number.value() != 0;
            case JsonValue.JsonString string -> string.source().length() > 2;
            case JsonValue.JsonArray _, JsonValue.JsonObject _ -> hasContent(value);
        };
    }

    private static boolean hasContent(JsonValue container) {
        for (int i = 1; i < container.source().length() - 1; i++) {
            if (container.source().at(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    private static double finite(double number, double fallback) {
        return Double.isFinite(number) ? number : fallback;
    }
}
