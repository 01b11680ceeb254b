package dev.dray.model;

import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import java.util.Optional;

/// Follows an RFC 6901 pointer through a value.
final class JsonPointer {
    private JsonPointer() {}

    static Optional<JsonValue> resolve(JsonValue from, String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(from);
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException(
                    "a JSON pointer is empty or starts with '/' (RFC 6901), got '%s'".formatted(pointer));
        }
        Optional<JsonValue> here = Optional.of(from);
        int start = 1;
        while (here.isPresent() && start <= pointer.length()) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            here = step(here.get(), unescape(pointer.substring(start, end)));
            start = end + 1;
        }
        return here;
    }

    private static Optional<JsonValue> step(JsonValue value, String token) {
        return switch (value) {
            case JsonObject object -> object.get(token);
            case JsonArray array -> index(token).flatMap(index -> JsonCursor.element(array.source(), index));
            case JsonValue.JsonString _, JsonValue.JsonNumber _, JsonValue.JsonBoolean _, JsonValue.JsonNull _ ->
                Optional.empty();
        };
    }

    // RFC 6901 §4: digits without a leading zero; nine digits are more elements than a body can hold.
    private static Optional<Integer> index(String token) {
        if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
            return Optional.empty();
        }
        int index = 0;
        for (int i = 0; i < token.length(); i++) {
            char digit = token.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            index = index * 10 + digit - '0';
        }
        return Optional.of(index);
    }

    private static String unescape(String token) {
        return token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~");
    }
}
