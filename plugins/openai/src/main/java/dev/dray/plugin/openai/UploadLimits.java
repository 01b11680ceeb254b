package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/// How much a payload may carry, checked on the encoded length: nothing is decoded to find out.
final class UploadLimits {
    static final int MOST_FILES = 16;

    /// Of one file, decoded.
    static final long FILE_BYTES = 25L << 20;

    private static final long REQUEST_BYTES = 64L << 20;

    /// `data:audio/wav;base64,` and the like.
    static final int MOST_PREFIX = 128;

    private UploadLimits() {}

    /// Whether all texts together are more than a request may carry.
    ///
    /// @param field that is told
    static Optional<Refusal> budget(List<JsonValue> texts, String field) {
        long characters = 0;
        for (JsonValue text : texts) {
            characters += text instanceof JsonString string ? TextLength.of(string) : 0;
        }
        return budget(characters, field);
    }

    /// The same for a number of characters.
    static Optional<Refusal> budget(long characters, String field) {
        return characters * 3 / 4 > REQUEST_BYTES
                ? Optional.of(new Refusal(field, "request uploads exceed %d bytes in total".formatted(REQUEST_BYTES)))
                : Optional.empty();
    }

    /// Whether base64 of that many characters, line breaks among them, must be too large.
    static boolean isTooLarge(long characters) {
        return characters > (FILE_BYTES + 2) / 3 * 4 + characters / 76 * 2 + 4;
    }

    static String tooLarge() {
        return "larger than %d bytes".formatted(FILE_BYTES);
    }
}
