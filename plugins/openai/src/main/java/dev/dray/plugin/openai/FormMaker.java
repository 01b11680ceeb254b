package dev.dray.plugin.openai;

import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a payload into a form: files first, then every other member as a field.
///
/// @param form      what the route takes
/// @param modelName goes into the field `model` where the client names none
record FormMaker(UploadForm form, Optional<String> modelName) {
    private static final String MODEL = "model";

    /// No model server has a hundred; keeps a payload of a million members from becoming a million
    /// parts.
    private static final int MOST_FIELDS = 1_000;

    /// The first mistake of a payload; empty where there is none.
    Optional<Refusal> problem(RequestPayload payload) {
        if (!(payload.value() instanceof JsonObject)) {
            return Optional.of(new Refusal("payload", "must be an object"));
        }
        if (!(WrappedInput.ANYTHING.content(payload) instanceof JsonObject content)) {
            return Optional.of(new Refusal("input", "must be an object"));
        }
        if (count(content) > MOST_FIELDS) {
            return Optional.of(new Refusal("payload", "at most %d fields".formatted(MOST_FIELDS)));
        }
        Members members = Members.all(content);
        return form.problem(members).or(() -> emptiness(members));
    }

    double price(RequestPayload payload) {
        return form.price(members(payload));
    }

    /// @throws IllegalArgumentException where [#problem(RequestPayload)] finds one
    ModelRequest request(RequestPayload payload) {
        return ModelRequest.multipart(parts(members(payload)));
    }

    private List<FormPart> parts(Members members) {
        var parts = new ArrayList<FormPart>();
        form.files().forEach(field -> parts.addAll(field.parts(members)));
        boolean fills = modelName.isPresent() && !Lenient.says(members.get(MODEL));
        members.values().forEach((name, value) -> {
            if (!isFile(name) && !isLeftOut(name, value) && !(fills && name.equals(MODEL))) {
                add(parts, name, value);
            }
        });
        if (fills) {
            parts.add(new FormPart.Text(MODEL, modelName.orElseThrow()));
        }
        return parts;
    }

    // Where a model is known there is at least its name.
    private Optional<Refusal> emptiness(Members members) {
        boolean empty = modelName.isEmpty() && parts(members).isEmpty();
        return empty ? Optional.of(new Refusal("payload", "must have a field")) : Optional.empty();
    }

    private boolean isFile(String name) {
        return form.files().stream()
                .anyMatch(
                        field -> field.name().equals(name) || field.nameField().equals(name));
    }

    // A form has no field without a name.
    private boolean isLeftOut(String name, JsonValue value) {
        return name.isBlank() || (form.leftOutWhereEmpty().contains(name) && EmptyTexts.isEmptyText(value));
    }

    // Texts as they are, everything else as its JSON: booleans in lower case, numbers as the client wrote them.
    private void add(List<FormPart> parts, String name, JsonValue field) {
        List<JsonValue> values =
                form.wholeLists().contains(name) ? List.of(field) : Elements.firstOf(field, MOST_FIELDS);
        values.stream()
                .filter(value -> !value.isNull())
                .map(value -> value.text().orElseGet(() -> value.source().utf8Text()))
                .forEach(text -> parts.add(new FormPart.Text(name, text)));
    }

    private static long count(JsonObject content) {
        var fields = new long[1];
        content.forEach((_, value) -> fields[0] += value instanceof JsonArray list ? Elements.count(list) : 1);
        return fields[0];
    }

    private static Members members(RequestPayload payload) {
        return WrappedInput.ANYTHING.content(payload) instanceof JsonObject content
                ? Members.all(content)
                : new Members(Map.of());
    }
}
