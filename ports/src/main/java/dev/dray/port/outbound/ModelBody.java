package dev.dray.port.outbound;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import java.util.List;
import java.util.Objects;

/// The body of a request to the model server.
public sealed interface ModelBody {
    /// No body.
    ModelBody NONE = new Whole("", Bytes.EMPTY);

    /// JSON in UTF-8.
    static ModelBody json(Bytes bytes) {
        return new Whole("application/json", bytes);
    }

    /// Bytes that are there, written as they stand and never copied.
    ///
    /// @param contentType empty for none
    record Whole(String contentType, Bytes bytes) implements ModelBody {
        public Whole {
            Objects.requireNonNull(contentType, "contentType");
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /// A form, framed by the adapter as `multipart/form-data` with a `Content-Length`; its files are
    /// written as they are decoded.
    ///
    /// @param parts in the order sent; one or more
    record Form(List<FormPart> parts) implements ModelBody {
        public Form {
            parts = List.copyOf(parts);
        }
    }
}
