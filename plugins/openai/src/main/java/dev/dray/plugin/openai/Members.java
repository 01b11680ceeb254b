package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Members of an object that were found in one walk; of a name that stands twice the last one.
///
/// @param values in the order of their first appearance
record Members(Map<String, JsonValue> values) {
    Members {
        values = Collections.unmodifiableMap(values);
    }

    /// All members.
    static Members all(JsonObject object) {
        var values = new LinkedHashMap<String, JsonValue>();
        object.forEach((name, value) -> values.put(name.value(), value));
        return new Members(values);
    }

    /// Those of some names.
    static Members of(JsonObject object, String... names) {
        var values = new LinkedHashMap<String, JsonValue>();
        object.forEach((name, value) -> {
            for (String wanted : names) {
                if (name.is(wanted)) {
                    values.put(wanted, value);
                }
            }
        });
        return new Members(values);
    }

    /// The value of a name; empty where it is absent or null.
    Optional<JsonValue> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    /// The value of the first name that has one.
    Optional<JsonValue> first(String... names) {
        return Arrays.stream(names).flatMap(name -> get(name).stream()).findFirst();
    }
}
