package dev.dray.adapter.logsources;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads UTF-8 and drops every byte that is not.
final class LenientUtf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private LenientUtf8() {}

    static String decode(byte[] in, int from, int length) {
        // The JDK's own way is many times faster but replaces what is broken: then read it once more.
        String text = new String(in, from, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : dropping(in, from, length);
    }

    private static String dropping(byte[] in, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.IGNORE)
                    .decode(ByteBuffer.wrap(in, from, length))
                    .toString();
        } catch (CharacterCodingException impossible) {
            throw new AssertionError("a decoder that ignores what is malformed found fault", impossible);
        }
    }
}
