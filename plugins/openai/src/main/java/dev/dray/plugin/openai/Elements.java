package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/// Reads lists that may be long, without a list of their elements: a prompt of a hundred thousand
/// tokens is one.
final class Elements {
    private Elements() {}

    static long count(JsonArray list) {
        return sum(list, _ -> 1);
    }

    /// The sum of what each element counts, in one walk.
    static long sum(JsonArray list, ToLongFunction<JsonValue> each) {
        var sum = new long[1];
        list.forEach(element -> sum[0] += each.applyAsLong(element));
        return sum[0];
    }

    /// What each element counts, in order.
    static int[] counts(JsonArray list, ToIntFunction<JsonValue> each) {
        var counts = new int[Math.toIntExact(count(list))];
        var at = new int[1];
        list.forEach(element -> counts[at[0]++] = each.applyAsInt(element));
        return counts;
    }

    /// The elements of a list, of those at most so many; of anything else the value itself.
    static List<JsonValue> firstOf(JsonValue value, int most) {
        if (!(value instanceof JsonArray list)) {
            return List.of(value);
        }
        var first = new ArrayList<JsonValue>();
        list.forEach(element -> {
            if (first.size() < most) {
                first.add(element);
            }
        });
        return first;
    }
}
