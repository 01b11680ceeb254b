package dev.dray.plugin.declarative;

import dev.cel.common.values.NullValue;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;

/// JSON as CEL sees it: objects and arrays stay bytes until somebody looks inside.
interface PayloadView {
    /// The client's own bytes.
    Bytes source();

    /// A value for CEL. Integers of 64 bits are its int, all other numbers its double.
    static Object of(JsonValue value, Budget budget) {
        return switch (value) {
            case JsonObject object -> new ObjectView(object, budget);
            case JsonArray array -> new ArrayView(array, budget);
            case JsonString string -> {
                budget.text(string.source().length());
                yield string.value();
            }
            case JsonNumber number -> number(number);
            case JsonBoolean truth -> truth.value();
            case JsonNull _ -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(JsonNumber number) {
        Bytes source = number.source();
        // A sign and 19 digits at most.
        if (source.length() <= 20 && isInteger(source)) {
            try {
                return Long.parseLong(
                        new String(source.array(), source.offset(), source.length(), StandardCharsets.ISO_8859_1));
            } catch (NumberFormatException tooLarge) {
                return number.value();
            }
        }
        return number.value();
    }

    private static boolean isInteger(Bytes source) {
        for (int i = source.at(0) == '-' ? 1 : 0; i < source.length(); i++) {
            if (source.at(i) < '0' || source.at(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
