package dev.dray.spi;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import java.util.List;
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

    /// A form with files, sent as `multipart/form-data` with a `Content-Length`; files are written as
    /// they are decoded.
    ///
    /// @param parts in the order sent; one or more
    record Multipart(List<FormPart> parts) implements ModelRequest {
        public Multipart {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a form needs one part or more");
            }
        }
    }

    static ModelRequest unchanged() {
        return new Unchanged();
    }

    static ModelRequest json(Bytes body) {
        return new Json(body);
    }

    static ModelRequest multipart(List<FormPart> parts) {
        return new Multipart(parts);
    }
}
