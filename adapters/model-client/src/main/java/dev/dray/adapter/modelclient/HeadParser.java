package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads a response head (RFC 9112 §4, §5): strict where two readers could understand two different things.
final class HeadParser {
    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    private final byte[] buffer;
    private final int end;
    private int at;

    private HeadParser(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.at = from;
        this.end = to;
    }

    /// Index behind the blank line that ends the head, or -1 if it is not there yet.
    ///
    /// @param from where to start; a later call may start three bytes before the end of what was searched already
    static int endOfHead(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != '\n') {
                continue;
            }
            if (i + 1 < to && buffer[i + 1] == '\n') {
                return i + 2;
            }
            if (i + 2 < to && buffer[i + 1] == '\r' && buffer[i + 2] == '\n') {
                return i + 3;
            }
        }
        return -1;
    }

    /// Parses `buffer[from, to)`, which ends with the blank line.
    static ParsedHead parse(byte[] buffer, int from, int to) throws CallException {
        return new HeadParser(buffer, from, to).head();
    }

    private ParsedHead head() throws CallException {
        int lineEnd = lineEnd();
        boolean persistentVersion = statusLineVersion(lineEnd);
        int status = statusCode(lineEnd);
        at = lineEnd + 1;
        List<HeaderField> fields = new ArrayList<>();
        while (at < end) {
            int fieldEnd = lineEnd();
            int textEnd = withoutReturn(fieldEnd);
            if (textEnd > at) {
                fields.add(field(textEnd));
            }
            at = fieldEnd + 1;
        }
        return ParsedHead.of(status, persistentVersion, fields);
    }

    private int lineEnd() throws CallException {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        throw CallException.garbage("response head does not end with a blank line");
    }

    private int withoutReturn(int lineEnd) {
        return lineEnd > at && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    }

    /// Checks the version; true for HTTP/1.1, where connections stay open unless said otherwise.
    private boolean statusLineVersion(int lineEnd) throws CallException {
        if (lineEnd - at < VERSION.length + 5) {
            throw notHttp(lineEnd);
        }
        for (byte expected : VERSION) {
            if (buffer[at++] != expected) {
                throw notHttp(lineEnd);
            }
        }
        byte minor = buffer[at++];
        if (minor < '0' || minor > '9' || buffer[at++] != ' ') {
            throw notHttp(lineEnd);
        }
        return minor != '0';
    }

    private int statusCode(int lineEnd) throws CallException {
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = buffer[at++] - '0';
            if (digit < 0 || digit > 9) {
                throw notHttp(lineEnd);
            }
            status = status * 10 + digit;
        }
        boolean separated = buffer[at] == ' ' || buffer[at] == '\r' || buffer[at] == '\n';
        if (status < 100 || status > 599 || !separated) {
            throw notHttp(lineEnd);
        }
        return status;
    }

    private HeaderField field(int textEnd) throws CallException {
        int colon = at;
        while (colon < textEnd && HeadWriter.isTokenLetter(buffer[colon])) {
            colon++;
        }
        int nameEnd = colon;
        // White space before the colon must go, RFC 9112 §5.1; a line that begins with it would be a folded one.
        while (colon > at && colon < textEnd && isBlank(buffer[colon])) {
            colon++;
        }
        if (nameEnd == at || colon == textEnd || buffer[colon] != ':') {
            throw CallException.garbage("response head has a line that is not a header field");
        }
        String name = new String(buffer, at, nameEnd - at, StandardCharsets.ISO_8859_1);
        return new HeaderField(name, value(name, colon + 1, textEnd));
    }

    private String value(String name, int from, int to) throws CallException {
        int start = from;
        int stop = to;
        while (start < stop && isBlank(buffer[start])) {
            start++;
        }
        while (stop > start && isBlank(buffer[stop - 1])) {
            stop--;
        }
        for (int i = start; i < stop; i++) {
            byte octet = buffer[i];
            if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
                throw CallException.garbage("value of header '" + name.toLowerCase(Locale.ROOT)
                        + "' in the response head contains a control character");
            }
        }
        return new String(buffer, start, stop - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private CallException notHttp(int lineEnd) {
        return CallException.garbage(
                "response of " + (lineEnd + 1) + " bytes or more does not begin with an HTTP/1.1 status line");
    }
}
