package dev.dray.adapter.httpserver;

import java.util.Arrays;

/// Bytes of an answer that are to leave together, in one write.
///
/// Small at first: an open stream of tokens holds one of these, and little else.
final class WireBuffer {
    private static final int FIRST_SIZE = 512;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private byte[] array = new byte[FIRST_SIZE];
    private int size;

    /// Appends text in ISO-8859-1; what could end a line becomes a space, so that no value can pose as a header.
    WireBuffer text(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            array[size++] = c < ' ' && c != '\t' ? (byte) ' ' : c > 0xff ? (byte) '?' : (byte) c;
        }
        return this;
    }

    WireBuffer bytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, array, size, length);
        size += length;
        return this;
    }

    WireBuffer hex(int number) {
        int shift = 28 - Integer.numberOfLeadingZeros(number | 1) / 4 * 4;
        reserve(Integer.BYTES * 2);
        for (; shift >= 0; shift -= 4) {
            array[size++] = DIGITS[(number >>> shift) & 0xf];
        }
        return this;
    }

    WireBuffer endLine() {
        reserve(2);
        array[size++] = '\r';
        array[size++] = '\n';
        return this;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// Writes everything at once and is empty again.
    void writeTo(Http1Tap connection) {
        int length = size;
        size = 0;
        connection.write(array, 0, length);
    }

    /// Writes what the client takes at once; the rest stays.
    ///
    /// @return whether nothing is left
    boolean offerTo(Http1Tap connection) {
        int written = connection.offer(array, size);
        size -= written;
        System.arraycopy(array, written, array, 0, size);
        return size == 0;
    }

    private void reserve(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(array, Math.max(size + more, 2 * array.length));
        }
    }
}
