package dev.dray.plugin.declarative;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// An array that is counted in one walk, and taken apart only when an element is asked for.
final class ArrayView extends AbstractList<Object> implements PayloadView, RandomAccess {
    private final JsonArray array;
    private final Budget budget;
    private @Nullable List<JsonValue> elements;
    private int size = -1;

    ArrayView(JsonArray array, Budget budget) {
        this.array = array;
        this.budget = budget;
    }

    @Override
    public Bytes source() {
        return array.source();
    }

    @Override
    public int size() {
        if (size < 0) {
            var count = new int[1];
            array.forEach(_ -> count[0]++);
            size = count[0];
        }
        return size;
    }

    @Override
    public Object get(int index) {
        budget.step();
        return PayloadView.of(elements().get(index), budget);
    }

    private List<JsonValue> elements() {
        List<JsonValue> known = elements;
        if (known == null) {
            var read = new ArrayList<JsonValue>();
            array.forEach(value -> {
                budget.step();
                read.add(value);
            });
            known = read;
            elements = known;
            size = read.size();
        }
        return known;
    }
}
