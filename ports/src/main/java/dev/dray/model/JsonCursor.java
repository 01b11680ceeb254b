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
    // Past any sensible number, white space included; keeps a long prompt from being copied and matched.
    private static final int MAX_NUMERIC_TEXT = 1_024;

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
            int nameEnd = JsonText.skipString(in, at);
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

    /// The last member of that name. Builds nothing for the others: most look-ups are for one of many.
    static Optional<JsonValue> member(Bytes object, String name) {
        byte[] in = object.array();
        int end = object.offset() + object.length();
        int at = skipWhitespace(in, object.offset() + 1, end);
        int found = -1;
        int foundEnd = -1;
        while (in[at] != '}') {
            int nameEnd = JsonText.skipString(in, at);
            int from = skipWhitespace(in, skipWhitespace(in, nameEnd, end) + 1, end);
            int to = skipValue(in, from, end);
            if (named(in, at, nameEnd, name)) {
                found = from;
                foundEnd = to;
            }
            at = skipSeparator(in, to, end);
        }
        return found < 0 ? Optional.empty() : Optional.of(wrap(new Bytes(in, found, foundEnd - found)));
    }

    static Optional<JsonValue> element(Bytes array, int index) {
        byte[] in = array.array();
        int end = array.offset() + array.length();
        int at = skipWhitespace(in, array.offset() + 1, end);
        for (int i = 0; in[at] != ']'; i++) {
            int to = skipValue(in, at, end);
            if (i == index) {
                return Optional.of(wrap(new Bytes(in, at, to - at)));
            }
            at = skipSeparator(in, to, end);
        }
        return Optional.empty();
    }

    static boolean named(Bytes quoted, String name) {
        return named(quoted.array(), quoted.offset(), quoted.offset() + quoted.length(), name);
    }

    // Names are nearly always plain ASCII: compare in place, and build a string only where an escape or a wider
    // character is.
    private static boolean named(byte[] in, int quote, int end, String name) {
        int length = end - quote - 2;
        for (int i = 0; i < length; i++) {
            byte b = in[quote + 1 + i];
            if (b == '\\' || b < 0) {
                return unescape(new Bytes(in, quote, end - quote)).equals(name);
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
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        int from = 0;
        while (escape >= 0) {
            text.append(raw, from, escape);
            char kind = raw.charAt(escape + 1);
            text.append(kind == 'u' ? (char) Integer.parseInt(raw, escape + 2, escape + 6, 16) : meaning(kind));
            from = escape + (kind == 'u' ? 6 : 2);
            escape = raw.indexOf('\\', from);
        }
        return text.append(raw, from, raw.length()).toString();
    }

    private static char meaning(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /// The number a string spells, by the grammar of JSON numbers, white space around it allowed.
    static OptionalDouble numericText(Bytes quoted) {
        if (quoted.length() > MAX_NUMERIC_TEXT) {
            return OptionalDouble.empty();
        }
        String trimmed = unescape(quoted).strip();
        if (!NUMBER.matcher(trimmed).matches()) {
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
            case '"' -> JsonText.skipString(in, from);
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
                case '"' -> at = JsonText.skipString(in, at);
                default -> at++;
            }
        } while (depth > 0);
        return at;
    }

    private static int skipBare(byte[] in, int from, int end) {
        int at = from;
        while (at < end && in[at] > ' ' && in[at] != ',' && in[at] != '}' && in[at] != ']') {
            at++;
        }
        return at;
    }
}
