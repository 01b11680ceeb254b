package dev.dray.benchmark.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Head of one message after the other: the bytes up to the blank line, cut anywhere, and what its fields say.
public final class Head {
    private static final int MOST = 64 * 1024;
    private static final int BLANK_LINE = 4;

    private byte[] bytes = new byte[512];
    private int length;
    // How much of the blank line has come.
    private int ending;

    /// Takes bytes up to the end of the head.
    ///
    /// @return whether it is complete
    public boolean read(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (length == bytes.length) {
                if (length >= MOST) {
                    throw new IllegalArgumentException("a head of over %d bytes".formatted(MOST));
                }
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = next;
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
            if (ending == BLANK_LINE) {
                return true;
            }
        }
        return false;
    }

    /// Makes room for the next one.
    public void clear() {
        length = 0;
        ending = 0;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /// The first line, without its end.
    public String line() {
        int end = 0;
        while (bytes[end] != '\r') {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    public boolean startsWith(char first) {
        return bytes[0] == first;
    }

    /// The three digits in the first line of an answer.
    public int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /// The number in a field.
    ///
    /// @param field lower case, with its colon
    public long number(byte[] field, long otherwise) {
        int at = valueOf(field);
        if (at < 0) {
            return otherwise;
        }
        long number = 0;
        for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /// Whether a field stands there and begins with a value.
    ///
    /// @param field lower case, with its colon
    /// @param value lower case
    public boolean has(byte[] field, byte[] value) {
        int at = valueOf(field);
        return at >= 0 && matches(at, value);
    }

    private int valueOf(byte[] field) {
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n' && matches(at + 1, field)) {
                int value = at + 1 + field.length;
                while (bytes[value] == ' ') {
                    value++;
                }
                return value;
            }
        }
        return -1;
    }

    private boolean matches(int at, byte[] lowerCase) {
        if (at + lowerCase.length > length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte here = bytes[at + i];
            if ((here >= 'A' && here <= 'Z' ? here + ('a' - 'A') : here) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /// A name or value as [#number] and [#has] take it.
    public static byte[] word(String lowerCase) {
        return lowerCase.getBytes(StandardCharsets.ISO_8859_1);
    }
}
