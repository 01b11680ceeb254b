package dev.dray.model;

import dev.dray.model.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Walks JSON that [JsonScanner] has already checked, so it looks only for where values end.
final class JsonCursor {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private JsonCursor() {}

    /// The value variant its first byte announces.
    static JsonValue wrap(Bytes source) {
        return switch (source.at(0)) {
            case '{' -> new JsonValue.JsonObject(source);
            case '[' -> new JsonValue.JsonArray(source);
            case '"' -> new JsonString(source);
            case 't', 'f' -> new JsonValue.JsonBoolean(source);
            case 'n' -> new JsonValue.JsonNull(source);
            default -> new JsonValue.JsonNumber(source);
        };
    }

    static void forEachMember(Bytes object, BiConsumer<JsonString, JsonValue> visitor) {
        byte[] in = object.array();
        int end = object.offset() + object.length();
        int at = skipWhitespace(in, object.offset() + 1, end);
        while (in[at] != '}') {
            int nameEnd = skipString(in, at);
            var name = new JsonString(new Bytes(in, at, nameEnd - at));
            int from = skipWhitespace(in, skipWhitespace(in, nameEnd, end) + 1, end);
            int to = skipValue(in, from, end);
            visitor.accept(name, wrap(new Bytes(in, from, to - from)));
            at = skipSeparator(in, to, end);
        }
    }

    static void forEachElement(Bytes array, Consumer<JsonValue> visitor) {
        byte[] in = array.array();
        int end = array.offset() + array.length();
        int at = skipWhitespace(in, array.offset() + 1, end);
        while (in[at] != ']') {
            int to = skipValue(in, at, end);
            visitor.accept(wrap(new Bytes(in, at, to - at)));
            at = skipSeparator(in, to, end);
        }
    }

    /// The last member of that name.
    static Optional<JsonValue> member(Bytes object, String name) {
        var found = new JsonValue[1];
        forEachMember(object, (candidate, value) -> {
            if (named(candidate.source(), name)) {
                found[0] = value;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    static Optional<JsonValue> element(Bytes array, int index) {
        var found = new JsonValue[1];
        var position = new int[1];
        forEachElement(array, value -> {
            if (position[0]++ == index) {
                found[0] = value;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    // Names are nearly always plain ASCII: compare in place, and build a string only where an escape or a wider
    // character is.
    private static boolean named(Bytes quoted, String name) {
        int length = quoted.length() - 2;
        for (int i = 0; i < length; i++) {
            byte b = quoted.at(i + 1);
            if (b == '\\' || b < 0) {
                return unescape(quoted).equals(name);
            }
            if (i >= name.length() || b != name.charAt(i)) {
                return false;
            }
        }
        return length == name.length();
    }

    /// The text between the quotes, escapes resolved.
    static String unescape(Bytes quoted) {
        String raw = new String(quoted.array(), quoted.offset() + 1, quoted.length() - 2, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }

    /// The number a string spells, by the grammar of JSON numbers, white space around it allowed.
    static OptionalDouble numericText(String text) {
        String trimmed = text.strip();
        // Past any sensible number; keeps the pattern from walking a long prompt.
        if (trimmed.length() > 400 || !NUMBER.matcher(trimmed).matches()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(trimmed));
    }

    static int skipWhitespace(byte[] in, int from, int end) {
        int at = from;
        while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int skipSeparator(byte[] in, int from, int end) {
        int at = skipWhitespace(in, from, end);
        return in[at] == ',' ? skipWhitespace(in, at + 1, end) : at;
    }

    private static int skipValue(byte[] in, int from, int end) {
        return switch (in[from]) {
            case '{', '[' -> skipNested(in, from);
            case '"' -> skipString(in, from);
            default -> skipBare(in, from, end);
        };
    }

    private static int skipNested(byte[] in, int from) {
        int depth = 0;
        int at = from;
        do {
            switch (in[at]) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case '"' -> at = skipString(in, at);
                default -> at++;
            }
        } while (depth > 0);
        return at;
    }

    private static int skipString(byte[] in, int from) {
        int at = from + 1;
        while (in[at] != '"') {
            at += in[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int skipBare(byte[] in, int from, int end) {
        int at = from;
        while (at < end && in[at] > ' ' && in[at] != ',' && in[at] != '}' && in[at] != ']') {
            at++;
        }
        return at;
    }
}
