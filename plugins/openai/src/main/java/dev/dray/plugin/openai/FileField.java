package dev.dray.plugin.openai;

import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A field of a payload that holds a file as base64, or a list of them.
///
/// @param name        of the field, and of the part in the form
/// @param nameField   the field that may name the file, or a list of names
/// @param defaultName of a file that is not named
/// @param types       what it takes
/// @param repeated    whether it takes a list
record FileField(String name, String nameField, String defaultName, FileTypes types, boolean repeated) {
    /// What is wrong with the files in it; empty where nothing is, or there are none.
    Optional<Refusal> problem(Members members) {
        List<JsonValue> files = files(members);
        if (files.size() > UploadLimits.MOST_FILES) {
            return Optional.of(new Refusal(name, "at most %d files".formatted(UploadLimits.MOST_FILES)));
        }
        for (int i = 0; i < files.size(); i++) {
            Optional<Refusal> problem = problem(files.get(i), fileName(members, i));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /// The files in it, of more than may be given only so many that it shows.
    List<JsonValue> files(Members members) {
        return members.get(name)
                .map(given -> repeated ? Elements.firstOf(given, UploadLimits.MOST_FILES + 1) : List.of(given))
                .orElse(List.of());
    }

    /// The parts of a form, where there is no problem.
    List<FormPart> parts(Members members) {
        var parts = new ArrayList<FormPart>();
        for (JsonValue file : files(members)) {
            FileName fileName = fileName(members, parts.size());
            String type = types.of(fileName).orElseThrow();
            parts.add(new FormPart.File(name, fileName.text(), type, Base64Text.of((JsonString) file)));
        }
        return parts;
    }

    /// What the file at a place is called: a single name is the first one's.
    FileName fileName(Members members, int index) {
        List<JsonValue> names = members.get(nameField)
                .map(given -> Elements.firstOf(given, UploadLimits.MOST_FILES))
                .orElse(List.of());
        return FileName.of(index < names.size() ? Optional.of(names.get(index)) : Optional.empty(), defaultName);
    }

    private Optional<Refusal> problem(JsonValue file, FileName fileName) {
        return Base64Text.problem(file)
                .map(message -> new Refusal(name, message))
                .or(() -> types.of(fileName).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Refusal(nameField, types.refusal(fileName))));
    }
}
