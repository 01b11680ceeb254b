package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Builds a request head in a given array, and in a larger one if it does not fit.
final class HeadWriter {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private byte[] bytes;
    private int length;

    HeadWriter(byte[] scratch) {
        bytes = scratch;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    HeadWriter text(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    HeadWriter raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Writes a field, or nothing if its value could be read as two (RFC 9110 §5.5).
    HeadWriter field(String name, String value) {
        return isName(name) && isValue(value)
                ? text(name).text(": ").text(value).text("\r\n")
                : this;
    }

    HeadWriter field(HeaderField field) {
        return field(field.name(), field.value());
    }

    /// Writes a path with its query.
    HeadWriter target(String target) {
        return text(encodedTarget(target));
    }

    /// A path with its query; what a request line cannot hold is percent-encoded.
    static String encodedTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char letter = target.charAt(i);
            if (letter <= ' ' || letter >= 0x7f) {
                return encoded(target);
            }
        }
        return target;
    }

    /// Bytes that the array still has room for.
    int room() {
        return bytes.length - length;
    }

    private void reserve(int count) {
        if (count > room()) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }

    private static String encoded(String target) {
        StringBuilder text = new StringBuilder();
        for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f) {
                text.append((char) octet);
            } else {
                text.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return text.toString();
    }

    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenLetter(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// Whether a value holds nothing but tabs and printable Latin-1 letters.
    static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if ((letter < ' ' && letter != '\t') || letter == 0x7f || letter > 0xff) {
                return false;
            }
        }
        return true;
    }

    /// The text with everything but printable ASCII replaced, for messages.
    static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /// A `tchar` of RFC 9110 §5.6.2.
    static boolean isTokenLetter(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(letter) >= 0;
    }
}
