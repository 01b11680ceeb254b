package dev.dray.adapter.telemetry;

import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.inbound.ReadWorker.ServerSnapshot;
import dev.dray.port.outbound.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the worker has and is at the moment of a scrape.
///
/// The worker is asked once for all gauges: by the scrape, and for any other reader by the first gauge it reads.
final class WorkerGauges {
    private volatile @Nullable ReadWorker worker;
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private volatile View view = View.STARTING;
    private volatile long asked;

    WorkerGauges(MeterRegistry registry, Ticker ticker, int modelServers) {
        this.ticker = ticker;
        gauge(registry, "dray.queue.depth", "Requests that wait", () -> view().queued());
        gauge(registry, "dray.in.flight", "Requests that run", () -> view().inFlight());
        gauge(registry, "dray.requests.held", "Requests that wait for the first readiness", () -> view().held());
        gauge(registry, "dray.sessions.open", "Open sessions", () -> view().sessions());
        gauge(
                registry,
                "dray.capacity.units.per.second",
                "Workload units per second the model server carries; 0 while unknown",
                () -> view().capacity());
        for (int server = 0; server < modelServers; server++) {
            int place = server;
            Gauge.builder("dray.model.up", () -> view().isUp(place) ? 1 : 0)
                    .description("1 while the model server is loaded and well")
                    .tag("server", Integer.toString(server))
                    .register(registry);
        }
        for (ReadinessState state : ReadinessState.values()) {
            Gauge.builder("dray.readiness.state", () -> view().state() == state ? 1 : 0)
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
        asked = ticker.nanos() - 2 * FRESH;
    }

    /// Asks the worker once for all gauges.
    void refresh() {
        ReadWorker present = worker;
        if (present != null) {
            asked = ticker.nanos();
            view = View.of(present);
        }
    }

    private View view() {
        if (ticker.nanos() - asked > FRESH) {
            refresh();
        }
        return view;
    }

    /// The gauges of one moment.
    private record View(
            ReadinessState state,
            List<ServerSnapshot> servers,
            int queued,
            int inFlight,
            int held,
            int sessions,
            double capacity) {
        static final View STARTING = new View(ReadinessState.STARTING, List.of(), 0, 0, 0, 0, 0);

        boolean isUp(int server) {
            return server < servers.size() && servers.get(server).serves();
        }

        static View of(ReadWorker worker) {
            LoadSnapshot load = worker.load();
            return new View(
                    worker.readiness().state(),
                    worker.servers(),
                    load.queued(),
                    load.inFlight(),
                    load.held(),
                    load.sessions(),
                    // Not NaN: a sum over a pool would be NaN as soon as one worker starts.
                    load.capacityUnitsPerSecond().orElse(0));
        }
    }
}
