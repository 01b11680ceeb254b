package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an upload as the engine is told it: nothing in it leads out of a folder or breaks a
/// header.
///
/// @param text never empty
record FileName(String text) {
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int MOST_STEM = 128;

    /// Made from what the client wrote, a number too; the default where nothing of it is left.
    static FileName of(Optional<JsonValue> given, String byDefault) {
        String whole = Lenient.says(given)
                ? given.map(value -> value.text().orElseGet(() -> value.source().utf8Text()))
                        .orElse("")
                : "";
        String base = whole.substring(whole.lastIndexOf('/') + 1).strip();
        String safe = withoutLeadingDots(FOREIGN.matcher(base).replaceAll("_"));
        return new FileName(shortened(safe.isEmpty() ? byDefault : safe));
    }

    /// What stands behind the last dot; empty where there is none.
    String extension() {
        return dot(text) < 0 ? "" : text.substring(dot(text) + 1);
    }

    private static int dot(String name) {
        return name.lastIndexOf('.');
    }

    // The extension decides the type, so only the stem is cut.
    private static String shortened(String name) {
        int stem = dot(name) < 0 ? name.length() : dot(name);
        return name.substring(0, Math.min(stem, MOST_STEM)) + name.substring(stem);
    }

    private static String withoutLeadingDots(String name) {
        int at = 0;
        while (at < name.length() && name.charAt(at) == '.') {
            at++;
        }
        return name.substring(at);
    }
}
