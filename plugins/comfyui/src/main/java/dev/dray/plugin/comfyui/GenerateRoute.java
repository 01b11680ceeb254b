package dev.dray.plugin.comfyui;

import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Optional;

/// One generation, answered when it is done. A graphics card does one at a time, so the route is serial.
///
/// The payload goes to the wrapper untouched, its `input` level and every `__RANDOM_INT__` with it: the
/// wrapper puts numbers there. It has no check of its own either, the wrapper's refusals name the node.
///
/// @param price what every request costs: how long a workflow takes cannot be read from it
/// @param plan  how it is measured
record GenerateRoute(double price, BenchmarkPlan plan) implements Route {
    private static final Duration MAX_QUEUE_TIME = Duration.ofSeconds(10);

    @Override
    public String path() {
        return "/generate/sync";
    }

    @Override
    public Optional<Duration> maxQueueTime() {
        return Optional.of(MAX_QUEUE_TIME);
    }

    @Override
    public double workload(RequestPayload payload) {
        return price;
    }

    @Override
    public Optional<BenchmarkPlan> benchmark() {
        return Optional.of(plan);
    }
}
