package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What is refused in a batch of speech: it takes one text as reference, for itself and for each of its
/// items, and any
/// number of items.
final class SpeechBatchReferences {
    private static final String ITEMS = "items";
    private static final String FIELD = SpeechReferences.FIRST;

    private final Optional<JsonValue> shared;
    private final JsonArray items;

    private SpeechBatchReferences(Optional<JsonValue> shared, JsonArray items) {
        this.shared = shared;
        this.items = items;
    }

    static Map<String, String> check(JsonValue content) {
        if (!(content instanceof JsonObject object)) {
            return Map.of("payload", "must be an object");
        }
        Members members = Members.of(object, FIELD, ITEMS);
        if (!(members.get(ITEMS).orElse(null) instanceof JsonArray items)
                || Elements.sum(items, item -> item instanceof JsonObject ? 0 : 1) > 0) {
            return Map.of(ITEMS, "must be a list of objects");
        }
        return new SpeechBatchReferences(members.get(FIELD), items)
                .refusal()
                .map(Refusal::asCheck)
                .orElse(Map.of());
    }

    private Optional<Refusal> refusal() {
        return first(reference -> reference instanceof JsonString
                        ? Optional.empty()
                        : Optional.of(new Refusal(FIELD, "must be a string")))
                .or(this::budget)
                .or(() -> first(reference -> new Reference(FIELD, reference).check()));
    }

    private Optional<Refusal> budget() {
        var characters = new long[1];
        each(reference -> characters[0] += TextLength.of((JsonString) reference));
        return UploadLimits.budget(characters[0], FIELD);
    }

    private Optional<Refusal> first(Function<JsonValue, Optional<Refusal>> check) {
        var found = new ArrayList<Refusal>(1);
        each(reference -> {
            if (found.isEmpty()) {
                check.apply(reference).ifPresent(found::add);
            }
        });
        return found.stream().findFirst();
    }

    private void each(Consumer<JsonValue> visitor) {
        given(shared, visitor);
        items.forEach(item -> given(((JsonObject) item).get(FIELD), visitor));
    }

    // An empty text is taken out, null is none.
    private static void given(Optional<JsonValue> reference, Consumer<JsonValue> visitor) {
        reference
                .filter(value -> !value.isNull() && !EmptyTexts.isEmptyText(value))
                .ifPresent(visitor);
    }
}
