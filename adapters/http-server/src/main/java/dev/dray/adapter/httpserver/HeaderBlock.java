package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/// The head of an HTTP/2 answer as it goes on the wire (RFC 7541 literals, RFC 9113 §6.2 frames).
///
/// Not Helidon's: that one adds a `Date`, changes the order, joins fields of one name, loses bytes beyond ASCII, and
/// fails on a value of many rare characters such as `{`, for its Huffman code becomes longer than the text.
/// Nothing here is put into the shared table, so both sides' tables stay as Helidon's own blocks leave them.
final class HeaderBlock {
    private static final int MAX_FRAME = 16 * 1024;
    private static final int HEAD_LENGTH = 9;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int STATUS_NAME = 8;
    private static final int SHORT_LENGTHS = 0x7f;

    private final ByteArrayOutputStream block = new ByteArrayOutputStream(256);

    private HeaderBlock() {}

    static HeaderBlock of(int status, List<HeaderField> headers) {
        var made = new HeaderBlock();
        made.block.write(STATUS_NAME);
        made.string(Integer.toString(status));
        for (HeaderField field : headers) {
            made.field(field.name().toLowerCase(Locale.ROOT), field.value());
        }
        return made;
    }

    private void field(String name, String value) {
        block.write(0);
        string(name);
        string(value);
    }

    /// In ISO-8859-1, as it was read; control characters become spaces.
    private void string(String text) {
        int length = text.length();
        length(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            block.write(c < ' ' && c != '\t' ? ' ' : c > 0xff ? '?' : c);
        }
    }

    private void length(int length) {
        if (length < SHORT_LENGTHS) {
            block.write(length);
            return;
        }
        block.write(SHORT_LENGTHS);
        int rest = length - SHORT_LENGTHS;
        while (rest > SHORT_LENGTHS) {
            block.write((rest & SHORT_LENGTHS) | 0x80);
            rest >>>= 7;
        }
        block.write(rest);
    }

    /// The frames of this head, to be written at once.
    ///
    /// @param flags what the first frame carries beside END_HEADERS
    byte[] frames(int stream, int flags) {
        byte[] content = block.toByteArray();
        var frames = new ByteArrayOutputStream(content.length + HEAD_LENGTH);
        int at = 0;
        do {
            int length = Math.min(MAX_FRAME, content.length - at);
            boolean last = at + length == content.length;
            frames.write(length >>> 16);
            frames.write(length >>> 8);
            frames.write(length);
            frames.write(at == 0 ? HEADERS : CONTINUATION);
            frames.write((at == 0 ? flags & ~END_HEADERS : 0) | (last ? END_HEADERS : 0));
            for (int shift = 24; shift >= 0; shift -= 8) {
                frames.write(stream >>> shift);
            }
            frames.write(content, at, length);
            at += length;
        } while (at < content.length);
        return frames.toByteArray();
    }
}
