package dev.dray.domain.rig;

import dev.dray.model.RequestPayload;
import dev.dray.spi.Route;
import java.util.function.ToDoubleFunction;

/// A route that prices payloads as a test says.
public record ScriptedRoute(String path, ToDoubleFunction<RequestPayload> price) implements Route {
    @Override
    public double workload(RequestPayload payload) {
        return price.applyAsDouble(payload);
    }
}
