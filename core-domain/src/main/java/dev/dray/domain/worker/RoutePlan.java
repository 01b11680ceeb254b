package dev.dray.domain.worker;

import dev.dray.domain.workload.Pricing;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// One route as it is really served: the plugin's route with the configuration laid over it.
///
/// @param route        what the plugin does with a payload
/// @param concurrency  parallel, or serial in a named queue
/// @param maxQueueTime estimated wait above which a request is shed at admission; empty: never
/// @param queueTimeOut real wait after which a queued request is expelled; empty: never
/// @param timeOuts     limits of a call to the model server
/// @param benchmark    how to measure this route; present on at most one route of a worker
public record RoutePlan(
        Route route,
        Concurrency concurrency,
        Optional<Duration> maxQueueTime,
        Optional<Duration> queueTimeOut,
        TimeOuts timeOuts,
        Optional<BenchmarkPlan> benchmark) {
    public RoutePlan {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(concurrency, "concurrency");
        Objects.requireNonNull(maxQueueTime, "maxQueueTime");
        Objects.requireNonNull(queueTimeOut, "queueTimeOut");
        Objects.requireNonNull(timeOuts, "timeOuts");
        Objects.requireNonNull(benchmark, "benchmark");
    }

    /// The path that is served and asked for at the model server.
    public String path() {
        return route.path();
    }

    /// What a payload counts, in workload units: finite, 0 or more, whatever the plugin says.
    public double units(RequestPayload payload) {
        return Pricing.units(route, payload);
    }
}
