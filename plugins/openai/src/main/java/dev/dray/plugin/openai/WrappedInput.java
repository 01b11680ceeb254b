package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import java.util.Optional;

/// Clients of the platform's hosted API wrap what is meant for the model server in a member `input`,
/// others do not:
/// both are served.
enum WrappedInput {
    /// Whatever `input` holds, unless it is null.
    ANYTHING,
    /// Only an object: on these routes `input` is a field of the model server's own, a text or a list.
    OBJECT;

    /// What is meant for the model server: the member `input` if it is there and counts, else the
    /// payload itself.
    JsonValue content(RequestPayload payload) {
        return input(payload).orElse(payload.value());
    }

    /// The same as a request: the client's own bytes in either case, never a copy.
    ModelRequest request(RequestPayload payload) {
        return input(payload).map(input -> ModelRequest.json(input.source())).orElseGet(ModelRequest::unchanged);
    }

    private Optional<JsonValue> input(RequestPayload payload) {
        return payload.value() instanceof JsonObject object
                ? object.get("input").filter(this::counts)
                : Optional.empty();
    }

    private boolean counts(JsonValue input) {
        return switch (this) {
            case ANYTHING -> !input.isNull();
            case OBJECT -> input instanceof JsonObject;
        };
    }
}
