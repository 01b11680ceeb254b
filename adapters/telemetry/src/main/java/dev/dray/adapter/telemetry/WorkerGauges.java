package dev.dray.adapter.telemetry;

import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the worker has and is at the moment of a scrape.
final class WorkerGauges {
    private volatile @Nullable ReadWorker worker;
    private volatile View view = View.STARTING;
    private volatile boolean modelUp;

    WorkerGauges(MeterRegistry registry) {
        gauge(registry, "dray.queue.depth", "Requests that wait", () -> view.queued());
        gauge(registry, "dray.in.flight", "Requests that run", () -> view.inFlight());
        gauge(registry, "dray.requests.held", "Requests that wait for the first readiness", () -> view.held());
        gauge(registry, "dray.sessions.open", "Open sessions", () -> view.sessions());
        gauge(
                registry,
                "dray.capacity.units.per.second",
                "Workload units per second the model server carries; 0 while unknown",
                () -> view.capacity());
        gauge(registry, "dray.model.up", "1 while the model server is loaded and well", () -> modelUp ? 1 : 0);
        for (ReadinessState state : ReadinessState.values()) {
            Gauge.builder("dray.readiness.state", () -> view.state() == state ? 1 : 0)
                    .description("1 for the state the worker is in, 0 for all others")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    void observe(ReadWorker newWorker) {
        worker = newWorker;
    }

    /// Asks the worker once for all gauges.
    void refresh() {
        ReadWorker asked = worker;
        if (asked != null) {
            view = View.of(asked);
        }
    }

    void moved(ReadinessState state) {
        modelUp = switch (state) {
            case READY -> true;
            case STARTING, LOADING, BENCHMARKING, VERIFYING, UNHEALTHY, FAILED, STOPPED -> false;
            // A worker that drains says nothing new about its model server.
            case DRAINING -> modelUp;
        };
    }

    /// The gauges of one moment.
    private record View(ReadinessState state, int queued, int inFlight, int held, int sessions, double capacity) {
        static final View STARTING = new View(ReadinessState.STARTING, 0, 0, 0, 0, 0);

        static View of(ReadWorker worker) {
            LoadSnapshot load = worker.load();
            return new View(
                    worker.readiness().state(),
                    load.queued(),
                    load.inFlight(),
                    load.held(),
                    load.sessions(),
                    // Not NaN: a sum over a pool would be NaN as soon as one worker starts.
                    load.capacityUnitsPerSecond().orElse(0));
        }
    }
}
