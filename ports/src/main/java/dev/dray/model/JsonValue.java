package dev.dray.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A JSON value that is a range of bytes: it is checked once, by [#parse(Bytes)], and read only where somebody looks.
///
/// Every variant keeps its source bytes, so number formats, key order and escapes survive. Members and elements are
/// found by walking the bytes each time: keep what is asked for often. Immutable, safe to share. Construct by
/// [#parse(Bytes)]; the variants' own constructors trust their source to be valid JSON of that kind.
public sealed interface JsonValue {
    /// Deepest nesting that is read; anything deeper is refused as invalid.
    int MAX_DEPTH = 1_000;

    /// The bytes of this value, without white space around it.
    Bytes source();

    /// An object. A name that stands twice has its last value.
    record JsonObject(Bytes source) implements JsonValue {
        /// The last member of that name.
        public Optional<JsonValue> get(String name) {
            return JsonCursor.member(source, name);
        }

        /// Visits all members in the order written, doubled names included, in one walk that builds no list.
        public void forEach(BiConsumer<JsonString, JsonValue> visitor) {
            JsonCursor.forEachMember(source, visitor);
        }

        /// All members in the order written, doubled names included.
        public List<Member> members() {
            var members = new ArrayList<Member>();
            JsonCursor.forEachMember(source, (name, value) -> members.add(new Member(name.value(), value)));
            return List.copyOf(members);
        }
    }

    /// One member of an object.
    record Member(String name, JsonValue value) {}

    /// An array.
    record JsonArray(Bytes source) implements JsonValue {
        /// All elements in order.
        public List<JsonValue> elements() {
            var elements = new ArrayList<JsonValue>();
            JsonCursor.forEachElement(source, elements::add);
            return List.copyOf(elements);
        }

        /// Visits all elements in order, in one walk that builds no list.
        public void forEach(Consumer<JsonValue> visitor) {
            JsonCursor.forEachElement(source, visitor);
        }
    }

    /// A string, quotes and escapes included in its source.
    record JsonString(Bytes source) implements JsonValue {
        /// The text with its escapes resolved. A lone surrogate escape stays a lone surrogate.
        public String value() {
            return JsonCursor.unescape(source);
        }

        /// Whether the text is this one; compares in place wherever no escape stands in the way.
        public boolean is(String text) {
            return JsonCursor.named(source, text);
        }
    }

    /// A number, or one of `NaN`, `Infinity`, `-Infinity`.
    record JsonNumber(Bytes source) implements JsonValue {
        /// The nearest double; infinite where the number is too large for one.
        public double value() {
            return Double.parseDouble(source.utf8Text());
        }
    }

    /// `true` or `false`.
    record JsonBoolean(Bytes source) implements JsonValue {
        public boolean value() {
            return source.at(0) == 't';
        }
    }

    /// `null`.
    record JsonNull(Bytes source) implements JsonValue {}

    /// Checks a whole text against RFC 8259 and UTF-8 in one pass and wraps it. `NaN`, `Infinity` and `-Infinity`
    /// pass.
    ///
    /// @throws InvalidJsonException if it is not JSON, nests deeper than [#MAX_DEPTH], or has anything behind the
    ///     value
    static JsonValue parse(Bytes text) {
        return JsonScanner.scan(text);
    }

    /// The value at an RFC 6901 pointer; empty where there is none.
    ///
    /// @throws IllegalArgumentException if the pointer is neither empty nor starts with `/`
    default Optional<JsonValue> at(String pointer) {
        return JsonPointer.resolve(this, pointer);
    }

    /// The text, if this is a string.
    default Optional<String> text() {
        return this instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    /// This value as a number, leniently: a numeric string (of 1,024 bytes at most) counts as its number, `true` as 1,
    /// `false` as 0.
    default OptionalDouble numeric() {
        return switch (this) {
            case JsonNumber number -> OptionalDouble.of(number.value());
            case JsonBoolean bool -> OptionalDouble.of(bool.value() ? 1 : 0);
            case JsonString string -> JsonCursor.numericText(string.source());
            case JsonObject _, JsonArray _, JsonNull _ -> OptionalDouble.empty();
        };
    }

    /// Whether this is `null`.
    default boolean isNull() {
        return this instanceof JsonNull;
    }
}
