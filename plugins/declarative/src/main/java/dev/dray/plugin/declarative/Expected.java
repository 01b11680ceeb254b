package dev.dray.plugin.declarative;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;

/// What an expression is for, and so what it may give and what it may use.
enum Expected {
    /// A price: anything that may be a number.
    PRICE("a number", true),
    /// A request for the model server.
    REQUEST("an object, such as {'prompt': payload.text}", true),
    /// A benchmark's whole payload.
    TEMPLATE("an object, such as {'prompt': random_words(250)}", false),
    /// A part of one.
    PART("a value of JSON", false);

    private final String words;
    private final boolean payload;

    Expected(String words, boolean payload) {
        this.words = words;
        this.payload = payload;
    }

    String words() {
        return words;
    }

    /// Whether it is about a payload; else it makes one, by chance.
    boolean hasPayload() {
        return payload;
    }

    /// Whether a type may turn out right. Only the evaluation tells what a payload holds.
    boolean mayBe(CelType type) {
        if (type.kind() == CelKind.DYN) {
            return true;
        }
        return switch (this) {
            case PRICE -> isScalar(type.kind());
            case REQUEST, TEMPLATE -> isObject(type);
            case PART ->
                isScalar(type.kind())
                        || isObject(type)
                        || type.kind() == CelKind.LIST
                        || type.kind() == CelKind.NULL_TYPE;
        };
    }

    private static boolean isScalar(CelKind kind) {
        return kind == CelKind.INT
                || kind == CelKind.UINT
                || kind == CelKind.DOUBLE
                || kind == CelKind.STRING
                || kind == CelKind.BOOL;
    }

    // The names of an object that is written as '{}' are of no type yet.
    private static boolean isObject(CelType type) {
        return type instanceof MapType map
                && (map.keyType().kind() == CelKind.STRING
                        || map.keyType().kind() == CelKind.DYN
                        || map.keyType().kind() == CelKind.TYPE_PARAM);
    }
}
