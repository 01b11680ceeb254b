package dev.dray.adapter.httpserver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// What a client speaks, told from its first bytes.
enum Protocol {
    /// Not enough bytes yet.
    UNDECIDED,
    HTTP_1_0,
    /// HTTP/1.1, and whatever is not valid: the parser says so best.
    HTTP_1_1,
    /// HTTP/2 with prior knowledge.
    HTTP_2;

    /// A request line longer than this is refused by the parser anyway.
    private static final int MAX_HEAD = 16 * 1024;

    private static final byte[] PREFACE = ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final byte[] VERSION_1_0 = ascii(" HTTP/1.0\r");
    private static final byte[] HOST = ascii("Host: -\r\n");

    /// Looks at the first bytes of a connection. HTTP/1.0 is only decided once the whole head is there.
    static Protocol of(byte[] first) {
        if (Arrays.mismatch(first, PREFACE) == Math.min(first.length, PREFACE.length)
                || Arrays.equals(first, PREFACE)) {
            return first.length < PREFACE.length ? UNDECIDED : HTTP_2;
        }
        int lineEnd = indexOf(first, '\n', 0);
        if (lineEnd < 0) {
            return first.length > MAX_HEAD ? HTTP_1_1 : UNDECIDED;
        }
        int versionAt = lineEnd - VERSION_1_0.length;
        if (versionAt < 0 || !Arrays.equals(first, versionAt, lineEnd, VERSION_1_0, 0, VERSION_1_0.length)) {
            return HTTP_1_1;
        }
        return headEnds(first, lineEnd) || first.length > MAX_HEAD ? HTTP_1_0 : UNDECIDED;
    }

    /// An HTTP/1.0 head as one of HTTP/1.1, which is all that Helidon reads: the version is changed, and a Host added
    /// where there is none. The answer's framing is ours, so the client does not notice.
    static byte[] asHttp11(byte[] first) {
        int lineEnd = indexOf(first, '\n', 0);
        byte[] changed = first.clone();
        changed[lineEnd - 2] = '1';
        String head = new String(first, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (head.contains("\nhost:")) {
            return changed;
        }
        byte[] longer = new byte[first.length + HOST.length];
        System.arraycopy(changed, 0, longer, 0, lineEnd + 1);
        System.arraycopy(HOST, 0, longer, lineEnd + 1, HOST.length);
        System.arraycopy(changed, lineEnd + 1, longer, lineEnd + 1 + HOST.length, changed.length - lineEnd - 1);
        return longer;
    }

    private static boolean headEnds(byte[] bytes, int from) {
        int lineEnd = from;
        while (lineEnd >= 0) {
            int next = indexOf(bytes, '\n', lineEnd + 1);
            if (next >= 0 && next - lineEnd <= 2) {
                return true;
            }
            lineEnd = next;
        }
        return false;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
