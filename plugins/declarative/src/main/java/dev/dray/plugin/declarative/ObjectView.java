package dev.dray.plugin.declarative;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object whose members are found by walking its bytes; a name that stands twice has its last value.
///
/// CEL asks whether a name is there before it asks for the value, hence what was found is remembered.
final class ObjectView extends AbstractMap<String, Object> implements PayloadView {
    private final JsonObject object;
    private final Budget budget;
    private final Map<String, Optional<Object>> found = new HashMap<>();
    private @Nullable Map<String, JsonValue> members;

    ObjectView(JsonObject object, Budget budget) {
        this.object = object;
        this.budget = budget;
    }

    @Override
    public Bytes source() {
        return object.source();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return name instanceof String text && find(text).isPresent();
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return name instanceof String text ? find(text).orElse(null) : null;
    }

    // A text is paid for each time: what is done with it takes as long each time.
    private Optional<Object> find(String name) {
        budget.step();
        Optional<Object> known = found.get(name);
        if (known == null) {
            known = object.get(name).map(value -> PayloadView.of(value, budget));
            found.put(name, known);
        } else if (known.orElse("") instanceof String text) {
            budget.text(text.length());
        }
        return known;
    }

    @Override
    public int size() {
        return members().size();
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(members().keySet());
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries(members(), budget);
    }

    private Map<String, JsonValue> members() {
        Map<String, JsonValue> known = members;
        if (known == null) {
            var read = new LinkedHashMap<String, JsonValue>();
            object.forEach((name, value) -> {
                budget.step();
                budget.text(name.source().length());
                read.put(name.value(), value);
            });
            known = read;
            members = known;
        }
        return known;
    }

    private static final class Entries extends AbstractSet<Entry<String, Object>> {
        private final Map<String, JsonValue> members;
        private final Budget budget;

        Entries(Map<String, JsonValue> members, Budget budget) {
            this.members = members;
            this.budget = budget;
        }

        @Override
        public int size() {
            return members.size();
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return members.entrySet().stream()
                    .<Entry<String, Object>>map(
                            member -> Map.entry(member.getKey(), PayloadView.of(member.getValue(), budget)))
                    .iterator();
        }
    }
}
