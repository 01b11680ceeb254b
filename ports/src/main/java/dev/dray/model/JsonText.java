package dev.dray.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Runs over the inside of JSON strings eight bytes at a time: prompts and base64 images are megabytes of it.
///
/// Each test sets the top bit of every byte that is looked for and leaves it clear in all bytes below the first such
/// one; bytes above it may be wrong. Read in little-endian order, the lowest bit set is the first hit, so that is
/// exact. [1] Hacker's Delight, 2nd edition, §6-1, "Find First 0-Byte".
final class JsonText {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = ONES << 7;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private JsonText() {}

    /// The first index from `from` on that holds a quote, a backslash, a control character or a byte of a wider
    /// character; `end` where there is none.
    static int skipPlain(byte[] in, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES) {
            long word = (long) WORD.get(in, at);
            long special = (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | word;
            long hits = special & TOPS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && in[at] >= ' ' && in[at] != '"' && in[at] != '\\') {
            at++;
        }
        return at;
    }

    /// The index behind the closing quote of a string that has been checked before.
    ///
    /// @param from index of the opening quote
    static int skipString(byte[] in, int from) {
        int at = quoteOrBackslash(in, from + 1);
        while (in[at] == '\\') {
            at = quoteOrBackslash(in, at + 2);
        }
        return at + 1;
    }

    private static int quoteOrBackslash(byte[] in, int from) {
        int at = from;
        while (at <= in.length - Long.BYTES) {
            long word = (long) WORD.get(in, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long hits = (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & TOPS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >> 3);
            }
            at += Long.BYTES;
        }
        while (in[at] != '"' && in[at] != '\\') {
            at++;
        }
        return at;
    }
}
