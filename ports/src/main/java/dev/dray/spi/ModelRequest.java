package dev.dray.spi;

import dev.dray.model.Bytes;
import java.util.Objects;

/// What goes to the model server for one payload.
///
/// @since 1.0
public sealed interface ModelRequest {
    /// The client's own bytes, untouched.
    record Unchanged() implements ModelRequest {}

    /// Another JSON text, or a part of the client's own.
    ///
    /// @param body JSON in UTF-8
    record Json(Bytes body) implements ModelRequest {
        public Json {
            Objects.requireNonNull(body, "body");
        }
    }

    static ModelRequest unchanged() {
        return new Unchanged();
    }

    static ModelRequest json(Bytes body) {
        return new Json(body);
    }
}
