package dev.dray.adapter.controlplanevast;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Decodes base64 as Python's `binascii.a2b_base64` does when it is not strict.
///
/// Characters outside the alphabet are skipped, whatever stands behind a complete padding is ignored, and a text that
/// ends in the middle of four characters is refused. The JDK's MIME decoder accepts the last of these.
final class LenientBase64 {
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        byte[] alphabet =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < alphabet.length; i++) {
            VALUES[alphabet[i]] = (byte) i;
        }
    }

    private LenientBase64() {}

    /// The bytes, or empty where the padding is wrong or a character is not ASCII.
    static Optional<byte[]> decode(String text) {
        var out = new ByteArrayOutputStream(text.length() * 3 / 4);
        int bits = 0;
        int inQuad = 0;
        int pads = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                return Optional.empty();
            }
            if (c == '=' && inQuad >= 2 && inQuad + ++pads >= 4) {
                return Optional.of(out.toByteArray());
            }
            if (VALUES[c] < 0) {
                continue;
            }
            pads = 0;
            bits = (bits << 6 | VALUES[c]) & 0xffffff;
            inQuad = (inQuad + 1) & 3;
            if (inQuad != 1) {
                out.write(bits >> ((4 - inQuad) % 4 * 2));
            }
        }
        return inQuad == 0 ? Optional.of(out.toByteArray()) : Optional.empty();
    }
}
