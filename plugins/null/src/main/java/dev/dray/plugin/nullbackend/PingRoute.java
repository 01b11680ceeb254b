package dev.dray.plugin.nullbackend;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LocalRoute;
import java.util.Optional;

/// Says that the worker is there; inside a session it makes the session live longer.
record PingRoute() implements LocalRoute {
    @Override
    public String path() {
        return "/ping";
    }

    @Override
    public Concurrency concurrency() {
        return Concurrency.parallel();
    }

    @Override
    public Bytes call(RequestPayload payload) {
        return Bytes.utf8("{\"ok\": true}");
    }

    /// Never run unless the operator asks for it with `capacity: none`.
    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return Optional.of(new BenchmarkPlan(1, 1, false, _ -> Bytes.utf8("{}")));
    }
}
