package dev.dray.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A range of a byte array that is passed on without being copied.
///
/// The array is shared, not copied: whoever hands out a `Bytes` promises that nobody writes to the array any more.
/// Two ranges are equal if their bytes are.
///
/// @param array  holds the bytes; never written to after construction
/// @param offset index of the first byte, 0 or more
/// @param length number of bytes, 0 or more
// Sharing the array is the point: payloads of many megabytes pass through without a copy.
@SuppressWarnings("ArrayRecordComponent")
public record Bytes(byte[] array, int offset, int length) {
    /// No bytes at all.
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    public Bytes {
        Objects.requireNonNull(array, "array");
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    /// The whole array.
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /// The text in UTF-8.
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The byte at `index`, counted from the start of this range.
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /// A part of this range that shares the same array.
    ///
    /// @param from first byte, counted from the start of this range
    /// @param count number of bytes
    public Bytes slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return new Bytes(array, offset + from, count);
    }

    /// A copy of the bytes, for callers who need an array of their own.
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// Writes the bytes without copying them first.
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, offset, length);
    }

    /// The bytes read as UTF-8.
    public String utf8Text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// Says only how many bytes there are: a payload must not leak into a log by accident.
    @Override
    public String toString() {
        return "Bytes[" + length + "]";
    }
}
