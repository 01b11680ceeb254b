package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a form as RFC 7578 and RFC 2046 write it, and fails at the first byte that is not so.
final class StrictForm {
    private static final Pattern TYPE =
            Pattern.compile("multipart/form-data; boundary=([0-9a-zA-Z'()+_,./:=?-]{1,70})");
    private static final Pattern DISPOSITION =
            Pattern.compile("form-data; name=\"([^\"\r\n]*)\"(?:; filename=\"([^\"\r\n]*)\")?");

    // One byte is one letter, so that indexes of the text are those of the bytes.
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    /// A part as read; names still percent-encoded.
    record Part(
            String name,
            @Nullable String fileName,
            @Nullable String type,
            Bytes content) {}

    private StrictForm(Bytes body) {
        this.text = new String(body.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    static List<Part> read(@Nullable String contentType, Bytes body) {
        Matcher type = TYPE.matcher(String.valueOf(contentType));
        if (!type.matches()) {
            throw new AssertionError("type is " + contentType);
        }
        StrictForm form = new StrictForm(body);
        form.readAll("--" + type.group(1));
        return form.parts;
    }

    static String boundary(@Nullable String contentType) {
        return String.valueOf(contentType).replaceFirst(".*boundary=", "");
    }

    private void readAll(String delimiter) {
        expect(delimiter);
        while (!text.startsWith("--", at)) {
            expect("\r\n");
            Map<String, String> fields = fields();
            int end = text.indexOf("\r\n" + delimiter, at);
            if (end < 0) {
                throw new AssertionError("no delimiter after byte " + at);
            }
            parts.add(part(fields, text.substring(at, end)));
            at = end + 2 + delimiter.length();
        }
        expect("--\r\n");
        if (at != text.length()) {
            throw new AssertionError(text.length() - at + " bytes too many");
        }
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        while (!text.startsWith("\r\n", at)) {
            int end = text.indexOf("\r\n", at);
            String[] field = utf8(text.substring(at, end)).split(": ", 2);
            if (field.length != 2 || fields.put(field[0], field[1]) != null) {
                throw new AssertionError("bad field at byte " + at);
            }
            at = end + 2;
        }
        at += 2;
        return fields;
    }

    private static Part part(Map<String, String> fields, String content) {
        Matcher disposition = DISPOSITION.matcher(String.valueOf(fields.remove("Content-Disposition")));
        if (!disposition.matches()) {
            throw new AssertionError("disposition is " + disposition);
        }
        String type = fields.remove("Content-Type");
        if (!fields.isEmpty()) {
            throw new AssertionError("unknown fields " + fields);
        }
        Bytes bytes = Bytes.of(content.getBytes(StandardCharsets.ISO_8859_1));
        return new Part(disposition.group(1), disposition.group(2), type, bytes);
    }

    private void expect(String next) {
        if (!text.startsWith(next, at)) {
            throw new AssertionError("expected '%s' at byte %d".formatted(next, at));
        }
        at += next.length();
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
