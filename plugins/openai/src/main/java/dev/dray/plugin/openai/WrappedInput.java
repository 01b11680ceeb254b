package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import java.util.Optional;

/// Clients of the platform's hosted API wrap what is meant for the model server in a member `input`, others do not:
/// both are served.
final class WrappedInput {
    private WrappedInput() {}

    /// What is meant for the model server: the member `input` if it is there and not null, of whatever kind, else the
    /// payload itself.
    static JsonValue content(RequestPayload payload) {
        return input(payload).orElse(payload.value());
    }

    /// The same as a request: the client's own bytes in either case, never a copy.
    static ModelRequest request(RequestPayload payload) {
        return input(payload).map(input -> ModelRequest.json(input.source())).orElseGet(ModelRequest::unchanged);
    }

    private static Optional<JsonValue> input(RequestPayload payload) {
        return payload.value() instanceof JsonObject object
                ? object.get("input").filter(value -> !value.isNull())
                : Optional.empty();
    }
}
