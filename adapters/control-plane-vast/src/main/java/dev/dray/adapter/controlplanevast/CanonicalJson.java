package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Prints JSON so that two values which Python calls equal have the same text, and no others.
///
/// Members stand in the order of their names, of a doubled name the last counts, numbers are their value: `1`, `1.0`,
/// `1e0` and `true` are one.
final class CanonicalJson {
    private CanonicalJson() {}

    /// ASCII bytes.
    static byte[] of(JsonValue value) {
        return text(value).getBytes(StandardCharsets.US_ASCII);
    }

    /// ASCII letters.
    static String text(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number(number);
        }
        var text = new StringBuilder();
        print(text, value);
        return text.toString();
    }

    /// Whether a number of JSON is written as an integer.
    static boolean isInteger(String number) {
        for (int i = 0; i < number.length(); i++) {
            char letter = number.charAt(i);
            if (letter != '-' && (letter < '0' || letter > '9')) {
                return false;
            }
        }
        return true;
    }

    private static void print(StringBuilder out, JsonValue value) {
        switch (value) {
            case JsonString string -> PythonJson.quote(out, string.value());
            case JsonNumber number -> out.append(number(number));
            case JsonBoolean bool -> out.append(bool.value() ? '1' : '0');
            case JsonNull _ -> out.append("null");
            case JsonArray array -> {
                out.append('[');
                array.elements().forEach(element -> {
                    print(out, element);
                    out.append(',');
                });
                out.append(']');
            }
            case JsonObject object -> print(out, object);
        }
    }

    private static void print(StringBuilder out, JsonObject object) {
        Map<String, JsonValue> members = new TreeMap<>();
        object.forEach((name, value) -> members.put(name.value(), value));
        out.append('{');
        members.forEach((name, value) -> {
            PythonJson.quote(out, name);
            print(out.append(':'), value);
            out.append(',');
        });
        out.append('}');
    }

    // An integer of JSON has one spelling, zero apart, so it need not be computed, however long it is. All else is a
    // double, and exact from there on: Python compares 2**53 + 1 with a double without rounding it.
    private static String number(JsonNumber number) {
        String text = number.source().utf8Text();
        if (isInteger(text)) {
            return text.equals("-0") ? "0" : text;
        }
        double value = number.value();
        if (!Double.isFinite(value)) {
            return PythonJson.number(value);
        }
        return value == 0 ? "0" : new BigDecimal(value).stripTrailingZeros().toPlainString();
    }
}
