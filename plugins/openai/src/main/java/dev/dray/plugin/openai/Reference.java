package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A place from which the engine fetches something itself. Only `http`, `https` and `data` pass, so
/// that no client names
/// a file of the machine.
///
/// @param field it stands in
/// @param value what stands there
record Reference(String field, JsonValue value) {
    /// The start of a URL that may pass; a bracket that is not closed makes it none.
    private static final Pattern ALLOWED = Pattern.compile(
            "(?i)(https?:(?!//)|https?://(\\[[^\\[\\]/?#]*\\]|[^\\[\\]/?#])*([/?#]|$)|data:).*", Pattern.DOTALL);

    /// Longest host that is looked at.
    private static final int HEAD = 1_024;

    /// What is wrong with the first bad one; empty where none is.
    static Optional<Refusal> check(List<Reference> references) {
        if (references.size() > UploadLimits.MOST_FILES) {
            String field = references.get(UploadLimits.MOST_FILES).field();
            return Optional.of(new Refusal(field, "at most %d values".formatted(UploadLimits.MOST_FILES)));
        }
        return references.stream()
                .flatMap(reference -> reference.check().stream())
                .findFirst();
    }

    Optional<Refusal> check() {
        return switch (value) {
            case JsonValue.JsonNull _ -> Optional.empty();
            case JsonString text -> problem(text).map(message -> new Refusal(field, message));
            default -> Optional.of(new Refusal(field, "must be a string"));
        };
    }

    private static Optional<String> problem(JsonString text) {
        String head = JsonChars.head(text, HEAD);
        if (!ALLOWED.matcher(head).matches()) {
            return Optional.of("must be an http(s) URL or a data: URI");
        }
        boolean inline = head.regionMatches(true, 0, "data:", 0, 5);
        long decoded = (TextLength.of(text) - UploadLimits.MOST_PREFIX) * 3L / 4;
        return inline && decoded > UploadLimits.FILE_BYTES ? Optional.of(UploadLimits.tooLarge()) : Optional.empty();
    }
}
