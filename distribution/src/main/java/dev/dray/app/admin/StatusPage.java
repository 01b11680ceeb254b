package dev.dray.app.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/// The worker's status as one JSON object: state, queue, ledger, benchmark, and what else the composition root adds.
public final class StatusPage {
    private final ReadWorker worker;
    private final InstantSource clock;
    private final Additions additions;

    /// Members the worker itself does not know.
    ///
    /// @param moving what may change from one moment to the next: platform, reports, history
    /// @param fixed  what stays as it is: plugin, settings
    public record Additions(Consumer<ObjectNode> moving, Consumer<ObjectNode> fixed) {}

    public StatusPage(ReadWorker worker, InstantSource clock, Additions additions) {
        this.worker = worker;
        this.clock = clock;
        this.additions = additions;
    }

    /// All of it.
    public ObjectNode whole() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("now", clock.instant().toString());
        root.setAll(moving());
        additions.fixed().accept(root);
        return root;
    }

    /// What may change from one moment to the next, without the moment.
    public ObjectNode moving() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Readiness readiness = worker.readiness();
        root.put("state", readiness.state().name().toLowerCase(Locale.ROOT));
        root.put("since", readiness.since().toString());
        root.put("reason", readiness.reason());
        addLoad(root, worker.load());
        worker.benchmark().ifPresent(result -> {
            ObjectNode benchmark = root.putObject("benchmark");
            benchmark.put("units-per-second", result.unitsPerSecond());
            benchmark.put("spread", result.spread());
            benchmark.put("measured-at", result.measuredAt().toString());
            var rounds = benchmark.putArray("rounds");
            result.roundsPerSecond().forEach(rounds::add);
            addLatency(benchmark.putObject("time-to-first-byte-seconds"), result.firstByte());
            addLatency(benchmark.putObject("end-to-end-seconds"), result.endToEnd());
        });
        additions.moving().accept(root);
        return root;
    }

    private static void addLatency(ObjectNode percentiles, BenchmarkResult.Latency latency) {
        percentiles.put("p50", seconds(latency.p50()));
        percentiles.put("p95", seconds(latency.p95()));
        percentiles.put("p99", seconds(latency.p99()));
        percentiles.put("max", seconds(latency.max()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void addLoad(ObjectNode root, LoadSnapshot load) {
        root.put("in-flight", load.inFlight());
        root.put("queued", load.queued());
        root.put("held", load.held());
        root.put("sessions", load.sessions());
        ObjectNode units = root.putObject("workload-units");
        units.put("current", load.currentUnits());
        units.put("waiting", load.waitingUnits());
        units.put("reserved", load.reservedUnits());
        units.put("received", load.receivedUnits());
        units.put("served", load.servedUnits());
        units.put("errored", load.erroredUnits());
        units.put("cancelled", load.cancelledUnits());
        units.put("rejected", load.rejectedUnits());
        root.put("requests-received", load.requestsReceived());
        load.capacityUnitsPerSecond().ifPresent(capacity -> root.put("capacity-units-per-second", capacity));
        load.loadTime().map(Duration::toMillis).ifPresent(millis -> root.put("load-time-seconds", millis / 1e3));
    }
}
