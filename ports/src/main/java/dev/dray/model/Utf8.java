package dev.dray.model;

/// Checks UTF-8 byte by byte (RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF).
final class Utf8 {
    private Utf8() {}

    /// The index behind the multi-byte character that starts at `at`.
    ///
    /// @param textStart where the text starts, for the offset in the message
    static int skipCharacter(byte[] in, int at, int end, int textStart) {
        int lead = in[at] & 0xff;
        int count = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || at + count >= end || !secondIsAllowed(lead, in[at + 1] & 0xff)) {
            throw fault(at, textStart);
        }
        for (int i = 2; i <= count; i++) {
            if ((in[at + i] & 0xc0) != 0x80) {
                throw fault(at, textStart);
            }
        }
        return at + count + 1;
    }

    private static boolean secondIsAllowed(int lead, int second) {
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high;
    }

    private static InvalidJsonException fault(int at, int textStart) {
        return new InvalidJsonException(at - textStart, "expected UTF-8, found a broken character");
    }
}
