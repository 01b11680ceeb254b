package dev.dray.plugin.declarative;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.dray.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes what an expression gives as JSON. What it takes over from the payload is written byte by byte
/// as it came.
final class JsonOut {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A whole result.
    ///
    /// @throws IllegalArgumentException if JSON has nothing like it
    static Bytes of(Object value) {
        if (value instanceof PayloadView view) {
            return view.source();
        }
        var out = new JsonOut();
        out.value(value);
        return out.bytes();
    }

    Bytes bytes() {
        return Bytes.of(out.toByteArray());
    }

    void raw(Bytes json) {
        out.write(json.array(), json.offset(), json.length());
    }

    void raw(String json) {
        raw(Bytes.utf8(json));
    }

    void value(Object value) {
        switch (value) {
            case PayloadView view -> raw(view.source());
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            case String text -> text(text);
            case Long whole -> raw(whole.toString());
            case UnsignedLong whole -> raw(whole.toString());
            case Double number when Double.isFinite(number) -> raw(number.toString());
            case Boolean truth -> raw(truth.toString());
            case NullValue _ -> raw("null");
            default -> throw new IllegalArgumentException("found " + described(value) + ", which JSON does not have");
        }
    }

    private static String described(Object value) {
        return switch (value) {
            case Double number -> "the number " + number;
            case Optional<?> _ -> "an optional value (add '.orValue(…)')";
            default -> "a value of type " + value.getClass().getSimpleName();
        };
    }

    private void object(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            raw(separator);
            if (!(member.getKey() instanceof String name)) {
                throw new IllegalArgumentException("found a key that is no text, which JSON does not have");
            }
            text(name);
            raw(":");
            value(member.getValue());
            separator = ",";
        }
        raw(map.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list) {
        String separator = "[";
        for (Object element : list) {
            raw(separator);
            value(element);
            separator = ",";
        }
        raw(list.isEmpty() ? "[]" : "]");
    }

    /// A text in quotes (RFC 8259 §7); a lone surrogate, which UTF-8 cannot say, is escaped.
    void text(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || isLoneSurrogate(text, i)) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        out.writeBytes(quoted.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
