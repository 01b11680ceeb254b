package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The voices that a speech request names for cloning, and which of them are refused.
final class SpeechReferences {
    static final String FIRST = "ref_audio";
    static final String SECOND = "ref_audio_2";
    static final String LIST = "references";

    private SpeechReferences() {}

    /// The references of a request; an empty text is none. Of more than may be given only so many that
    /// it shows.
    static List<Reference> of(Members members) {
        var references = new ArrayList<Reference>();
        add(references, FIRST, members);
        add(references, SECOND, members);
        for (JsonValue item : some(members.get(LIST))) {
            JsonValue place =
                    item instanceof JsonObject object ? object.get("audio_path").orElse(null) : item;
            if (place != null) {
                references.add(new Reference(LIST, place));
            }
        }
        return references;
    }

    static Map<String, String> check(JsonValue content) {
        if (!(content instanceof JsonObject object)) {
            return Map.of("payload", "must be an object");
        }
        List<Reference> references = of(Members.of(object, FIRST, SECOND, LIST));
        return UploadLimits.budget(references.stream().map(Reference::value).toList(), FIRST)
                .or(() -> Reference.check(references))
                .map(Refusal::asCheck)
                .orElse(Map.of());
    }

    private static void add(List<Reference> references, String field, Members members) {
        Optional<JsonValue> given = members.get(field).filter(value -> !EmptyTexts.isEmptyText(value));
        some(given).forEach(item -> references.add(new Reference(field, item)));
    }

    private static List<JsonValue> some(Optional<JsonValue> value) {
        return value.map(given -> Elements.firstOf(given, UploadLimits.MOST_FILES + 1))
                .orElse(List.of());
    }
}
