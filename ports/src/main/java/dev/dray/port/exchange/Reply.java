package dev.dray.port.exchange;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A complete answer of the worker's own.
///
/// @param status  HTTP status
/// @param headers fields without `Content-Length`, which follows from the body
/// @param body    may be empty
public record Reply(int status, List<HeaderField> headers, Bytes body) {
    public Reply {
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /// An answer without body and without type.
    public static Reply empty(int status) {
        return new Reply(status, List.of(), Bytes.EMPTY);
    }

    /// A JSON text, sent as `application/json; charset=utf-8`.
    public static Reply json(int status, String json) {
        return typed(status, "application/json; charset=utf-8", json);
    }

    /// A plain text, sent as `text/plain; charset=utf-8`.
    public static Reply text(int status, String text) {
        return typed(status, "text/plain; charset=utf-8", text);
    }

    private static Reply typed(int status, String type, String text) {
        return new Reply(status, List.of(new HeaderField("Content-Type", type)), Bytes.utf8(text));
    }

    /// This answer with one more field.
    public Reply with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new HeaderField(name, value));
        return new Reply(status, more, body);
    }
}
