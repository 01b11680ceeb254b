package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Walks base64 inside a JSON string. JSON may escape any of its characters (`\/` is common) and put
/// white space anywhere; the alphabet and the padding are taken strictly.
final class Base64Scan {
    private static final int SPACE = -1;
    private static final int PAD = -2;
    private static final int ESCAPE = -3;
    private static final int FOREIGN = -4;

    /// What each byte means: a digit of 6 bits, or one of the above.
    private static final byte[] MEANING = meanings();

    private static final int BUFFER = 24 * 1024;

    private Base64Scan() {}

    private static byte[] meanings() {
        var meanings = new byte[256];
        Arrays.fill(meanings, (byte) FOREIGN);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < digits.length(); i++) {
            meanings[digits.charAt(i)] = (byte) i;
        }
        for (char space : " \t\n\r\f\u000b\u001c\u001d\u001e\u001f".toCharArray()) {
            meanings[space] = SPACE;
        }
        meanings['='] = PAD;
        meanings['\\'] = ESCAPE;
        return meanings;
    }

    /// How many bytes it decodes to; -1 where it is no valid base64.
    ///
    /// @param start index in the quoted text to begin at
    static long decodedLength(Bytes quoted, int start) {
        byte[] in = quoted.array();
        int end = quoted.offset() + quoted.length() - 1;
        int at = quoted.offset() + start;
        long digits = 0;
        int pads = 0;
        while (at < end) {
            int meaning = MEANING[in[at] & 0xFF];
            int width = 1;
            if (meaning == ESCAPE) {
                meaning = escaped(in, at);
                width = in[at + 1] == 'u' ? 6 : 2;
            }
            at += width;
            if (meaning >= 0) {
                digits++;
                // Nothing but white space may follow the padding.
                if (pads > 0) {
                    return -1;
                }
            } else if (meaning == PAD) {
                pads++;
            } else if (meaning == FOREIGN) {
                return -1;
            }
        }
        return length(digits, pads);
    }

    private static long length(long digits, int pads) {
        int rest = (int) (digits % 4);
        boolean padded = switch (rest) {
            case 0 -> pads == 0;
            case 2 -> pads == 2;
            case 3 -> pads == 1;
            default -> false;
        };
        return padded ? digits / 4 * 3 + Math.max(0, rest - 1) : -1;
    }

    /// Writes what it decodes to.
    ///
    /// @param count bytes to write, no more than [#decodedLength(Bytes, int)]
    static void decode(Bytes quoted, int start, long count, OutputStream out) throws IOException {
        byte[] in = quoted.array();
        int at = quoted.offset() + start;
        var buffer = new byte[(int) Math.min(BUFFER, count + 2)];
        int filled = 0;
        long left = count;
        int bits = 0;
        int digits = 0;
        int end = quoted.offset() + quoted.length() - 1;
        while (at < end && left > 0) {
            byte b = in[at];
            int meaning = MEANING[b & 0xFF];
            int width = 1;
            if (meaning == ESCAPE) {
                meaning = escaped(in, at);
                width = in[at + 1] == 'u' ? 6 : 2;
            }
            at += width;
            if (meaning < 0) {
                continue;
            }
            bits = bits << 6 | meaning;
            digits++;
            // Each digit but the first of four completes a byte.
            if ((digits & 3) != 1) {
                buffer[filled++] = (byte) (bits >> (6 - 2 * ((digits - 1) & 3)));
                left--;
                if (filled == buffer.length) {
                    out.write(buffer, 0, filled);
                    filled = 0;
                }
            }
        }
        out.write(buffer, 0, filled);
    }

    private static int escaped(byte[] in, int at) {
        return switch (in[at + 1]) {
            case '/' -> MEANING['/'];
            case 'n', 'r', 't', 'f' -> SPACE;
            case 'u' -> wide(TextLength.escaped(in, at));
            default -> FOREIGN;
        };
    }

    private static int wide(char unit) {
        int meaning = unit < 0x80 ? MEANING[unit] : FOREIGN;
        return meaning == ESCAPE ? FOREIGN : meaning;
    }
}
