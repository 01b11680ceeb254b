package dev.dray.spi;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import java.util.List;
import java.util.Objects;

/// A whole answer of the model server.
///
/// @param status  HTTP status, 200 to 599
/// @param headers fields as the model server sent them, without those of the connection and without
///     `Content-Length`
/// @param body    may be empty; as it came, so perhaps compressed: `Content-Encoding` says so
/// @since 1.0
public record ModelAnswer(int status, List<HeaderField> headers, Bytes body) {
    public ModelAnswer {
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }
}
