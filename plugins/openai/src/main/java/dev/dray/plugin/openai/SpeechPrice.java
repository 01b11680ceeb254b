package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.util.Optional;

/// Prices speech by the characters to be spoken, and each voice to be cloned like a request of its own.
final class SpeechPrice {
    static final int REFERENCE = 500;

    private SpeechPrice() {}

    static double of(JsonObject content) {
        Members members =
                Members.of(content, "input", SpeechReferences.FIRST, SpeechReferences.SECOND, SpeechReferences.LIST);
        long voices = SpeechReferences.of(members).stream()
                .filter(reference -> reference.value() instanceof JsonString)
                .count();
        return RequestUnits.of((double) characters(members.get("input")) + REFERENCE * (double) voices, REFERENCE);
    }

    /// Each item as a request; the voice of the batch is that of every item without one.
    static double ofBatch(JsonObject content) {
        Members members = Members.of(content, "items", SpeechReferences.FIRST);
        boolean shared = Lenient.says(members.get(SpeechReferences.FIRST));
        long characters = members.get("items").orElse(null) instanceof JsonArray items
                ? Elements.sum(items, item -> ofItem(item, shared))
                : 0;
        return RequestUnits.of((double) characters, REFERENCE);
    }

    private static long ofItem(JsonValue item, boolean shared) {
        if (!(item instanceof JsonObject object)) {
            return 0;
        }
        Members members = Members.of(object, "input", SpeechReferences.FIRST);
        boolean cloned = shared || Lenient.says(members.get(SpeechReferences.FIRST));
        return characters(members.get("input")) + (cloned ? REFERENCE : 0);
    }

    private static long characters(Optional<JsonValue> input) {
        return input.orElse(null) instanceof JsonString text ? TextLength.of(text) : 0;
    }
}
