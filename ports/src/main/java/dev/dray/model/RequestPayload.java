package dev.dray.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the client wants the model server to do: JSON bytes with look-ups that build no tree.
///
/// Pointers are RFC 6901 (`/messages/0/role`; the empty pointer is the payload itself). Where a name stands twice
/// in an object the last one counts, as model servers read it: bytes priced must be bytes run. Immutable, safe to
/// share.
///
/// @param value the payload; usually a [JsonValue.JsonObject], but any JSON value may arrive
public record RequestPayload(JsonValue value) {
    public RequestPayload {
        Objects.requireNonNull(value, "value");
    }

    /// Reads a payload of the author's own, for tests and benchmark payloads.
    ///
    /// @throws InvalidJsonException if the text is not JSON
    public static RequestPayload of(String json) {
        return new RequestPayload(JsonValue.parse(Bytes.utf8(json)));
    }

    /// The bytes exactly as the client sent them.
    public Bytes bytes() {
        return value.source();
    }

    /// The value at a pointer; empty where there is none.
    public Optional<JsonValue> at(String pointer) {
        return value.at(pointer);
    }

    /// The text of the string at a pointer; empty where there is none or it is not a string.
    public Optional<String> text(String pointer) {
        return at(pointer).flatMap(JsonValue::text);
    }

    /// The number at a pointer, read leniently: a numeric string counts as its number, `true` as 1 and `false` as
    /// 0; empty for anything else and where the pointer leads nowhere. May be `NaN` or infinite, if the client
    /// wrote so.
    public OptionalDouble numeric(String pointer) {
        return at(pointer).map(JsonValue::numeric).orElse(OptionalDouble.empty());
    }

    @Override
    public String toString() {
        return "RequestPayload[" + bytes().length() + " bytes]";
    }
}
