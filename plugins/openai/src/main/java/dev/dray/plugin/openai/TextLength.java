package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue.JsonString;

/// Counts the characters of a JSON string where it stands: code points, as the platform counts, not
/// bytes.
final class TextLength {
    private TextLength() {}

    /// The number of code points; a lone surrogate counts as one.
    static int of(JsonString text) {
        return of(text.source(), 1);
    }

    /// The same from a byte of the quoted text on.
    ///
    /// @param from index in the source, on the first byte of a character
    static int of(Bytes quoted, int from) {
        byte[] in = quoted.array();
        int end = quoted.offset() + quoted.length() - 1;
        int count = 0;
        int at = quoted.offset() + from;
        while (at < end) {
            byte b = in[at];
            if (b == '\\') {
                at += escapeLength(in, at);
                count++;
            } else {
                // Only the first byte of a UTF-8 sequence counts.
                count += (b & 0xC0) == 0x80 ? 0 : 1;
                at++;
            }
        }
        return count;
    }

    // Two surrogates in a row are one character.
    private static int escapeLength(byte[] in, int at) {
        if (in[at + 1] != 'u') {
            return 2;
        }
        boolean pair = Character.isHighSurrogate(escaped(in, at))
                && in[at + 6] == '\\'
                && in[at + 7] == 'u'
                && Character.isLowSurrogate(escaped(in, at + 6));
        return pair ? 12 : 6;
    }

    /// The UTF-16 unit that an escape with four hexadecimal digits spells.
    ///
    /// @param at index of the backslash
    static char escaped(byte[] in, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Character.digit(in[i], 16);
        }
        return (char) unit;
    }
}
