package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue.JsonString;

/// Reads a JSON string unit by unit where it stands, escapes resolved. One thread at a time.
final class JsonChars {
    /// A character past ASCII: whoever reads base64 need not know which.
    static final int WIDE = 0xFFFF;

    private final byte[] in;
    private final int end;
    private int at;

    /// @param from index in the quoted text, on the first byte of a character
    JsonChars(Bytes quoted, int from) {
        this.in = quoted.array();
        this.at = quoted.offset() + from;
        this.end = quoted.offset() + quoted.length() - 1;
    }

    /// The first characters as a text, as many as that or all there are.
    static String head(JsonString text, int most) {
        Bytes source = text.source();
        // Six bytes make a character at most, escaped or not; a string cut short is one all the same.
        if (source.length() <= 6 * most) {
            String whole = text.value();
            return whole.substring(0, Math.min(most, whole.length()));
        }
        var head = new StringBuilder(most);
        var characters = new JsonChars(source, 1);
        while (head.length() < most && characters.hasNext()) {
            head.append((char) characters.next());
        }
        return head.toString();
    }

    boolean hasNext() {
        return at < end;
    }

    /// The next unit: an ASCII character, or [#WIDE] for each byte or escape of anything else.
    int next() {
        byte b = in[at];
        if (b == '\\') {
            return escape();
        }
        at++;
        return b >= 0 ? b : WIDE;
    }

    /// Where the next unit stands, as an index of the array.
    int position() {
        return at;
    }

    private int escape() {
        byte kind = in[at + 1];
        if (kind == 'u') {
            char unit = TextLength.escaped(in, at);
            at += 6;
            return unit < 0x80 ? unit : WIDE;
        }
        at += 2;
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
