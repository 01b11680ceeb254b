package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.spi.ModelRequest;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Takes references that are the empty text out of a request: forms of web pages send them, engines
/// choke on them.
/// Bytes are copied only where there is one.
///
/// @param names members that are taken out where they are the empty text
/// @param items whether the same is done to the objects in the list `items`
record EmptyTexts(Set<String> names, boolean items) {
    private static final String ITEMS = "items";

    EmptyTexts {
        names = Set.copyOf(names);
    }

    static boolean isEmptyText(JsonValue value) {
        return value instanceof JsonString text && text.source().length() == 2;
    }

    /// What goes out in place of the content.
    ///
    /// @param untouched what goes out where there is nothing to take out
    ModelRequest without(JsonValue content, ModelRequest untouched) {
        if (!(content instanceof JsonObject object) || (dropped(object).isEmpty() && !holdsSuchItem(object))) {
            return untouched;
        }
        var out = new ByteArrayOutputStream(content.source().length());
        copy(object, items, out);
        return ModelRequest.json(Bytes.of(out.toByteArray()));
    }

    private boolean holdsSuchItem(JsonObject object) {
        return items
                && object.get(ITEMS).orElse(null) instanceof JsonArray list
                && Elements.sum(
                                list,
                                item -> item instanceof JsonObject each
                                                && !dropped(each).isEmpty()
                                        ? 1
                                        : 0)
                        > 0;
    }

    // The last one of a name counts. Where that is empty all of them go, or an earlier one, which nobody has checked,
    // would count from now on.
    private Set<String> dropped(JsonObject object) {
        return names.stream()
                .filter(name -> object.get(name).filter(EmptyTexts::isEmptyText).isPresent())
                .collect(Collectors.toSet());
    }

    private void copy(JsonObject object, boolean withItems, ByteArrayOutputStream out) {
        Set<String> dropped = dropped(object);
        Runnable separator = opened('{', out);
        object.forEach((name, value) -> {
            if (dropped.stream().anyMatch(name::is)) {
                return;
            }
            separator.run();
            put(name, out);
            out.write(':');
            if (withItems && name.is(ITEMS) && value instanceof JsonArray list) {
                copy(list, out);
            } else {
                put(value, out);
            }
        });
        out.write('}');
    }

    private void copy(JsonArray list, ByteArrayOutputStream out) {
        Runnable separator = opened('[', out);
        Consumer<JsonValue> element = item -> {
            separator.run();
            if (item instanceof JsonObject object) {
                copy(object, false, out);
            } else {
                put(item, out);
            }
        };
        list.forEach(element);
        out.write(']');
    }

    // Writes the bracket now, and a comma at each call but the first.
    private static Runnable opened(char bracket, ByteArrayOutputStream out) {
        out.write(bracket);
        int start = out.size();
        return () -> {
            if (out.size() > start) {
                out.write(',');
            }
        };
    }

    private static void put(JsonValue value, ByteArrayOutputStream out) {
        Bytes source = value.source();
        out.write(source.array(), source.offset(), source.length());
    }
}
