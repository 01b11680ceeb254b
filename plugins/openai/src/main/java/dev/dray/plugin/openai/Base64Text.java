package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.model.PartContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// A file as base64 (RFC 4648 §4) in a JSON string: looked over where it stands, and decoded while it
/// is written.
///
/// @param quoted the string with its quotes; valid base64 behind the prefix
/// @param start  index of the first character behind a `data:…,` prefix
/// @param length of what it decodes to
record Base64Text(Bytes quoted, int start, long length) implements PartContent {
    /// What is wrong with a value as a file; empty where nothing is.
    static Optional<String> problem(JsonValue value) {
        if (!(value instanceof JsonString text)) {
            return Optional.of("must be a base64 string");
        }
        int start = start(text);
        if (start < 0) {
            return Optional.of("malformed data: URI");
        }
        // No character takes less than a byte, so most files need no counting.
        int bytes = text.source().length() - 1 - start;
        if (UploadLimits.isTooLarge(bytes) && UploadLimits.isTooLarge(TextLength.of(text.source(), start))) {
            return Optional.of(UploadLimits.tooLarge());
        }
        long decoded = Base64Scan.decodedLength(text.source(), start);
        if (decoded < 0) {
            return Optional.of("not valid base64");
        }
        if (decoded == 0) {
            return Optional.of("decoded to zero bytes");
        }
        return decoded > UploadLimits.FILE_BYTES ? Optional.of(UploadLimits.tooLarge()) : Optional.empty();
    }

    /// A text that has no problem.
    static Base64Text of(JsonString text) {
        int start = start(text);
        return new Base64Text(text.source(), start, Base64Scan.decodedLength(text.source(), start));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Base64Scan.decode(quoted, start, length, out);
    }

    /// The first bytes, as many as that or all there are.
    byte[] head(int most) {
        long count = Math.min(most, length);
        var head = new ByteArrayOutputStream((int) count);
        try {
            Base64Scan.decode(quoted, start, count, head);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return head.toByteArray();
    }

    // Behind the prefix, if there is one; -1 where a prefix has no end.
    private static int start(JsonString text) {
        var characters = new JsonChars(text.source(), 1);
        String prefix = "data:";
        for (int i = 0; i < prefix.length(); i++) {
            if (!characters.hasNext() || Character.toLowerCase(characters.next()) != prefix.charAt(i)) {
                return 1;
            }
        }
        for (int i = prefix.length(); i < UploadLimits.MOST_PREFIX && characters.hasNext(); i++) {
            if (characters.next() == ',') {
                return characters.position() - text.source().offset();
            }
        }
        return -1;
    }

    /// Says only how long it is, like [Bytes].
    @Override
    public String toString() {
        return "Base64Text[" + length + " bytes]";
    }
}
