package dev.dray.adapter.telemetry;

import dev.dray.model.Outcome;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// How many requests ended how, by route, and how much work they asked for.
final class RequestCounters {
    /// Stands for all paths the backend does not have: clients must not make series.
    static final String OTHER = "other";

    private final Map<String, Map<Outcome, Counter>> byRoute = new HashMap<>();
    private final Map<Outcome, Counter> otherRoutes;
    private final Map<Outcome, Counter> units = new EnumMap<>(Outcome.class);

    RequestCounters(MeterRegistry registry, Collection<String> routes) {
        for (String route : routes) {
            byRoute.put(route, requestCounters(registry, route));
        }
        otherRoutes = requestCounters(registry, OTHER);
        for (Outcome outcome : Outcome.values()) {
            units.put(
                    outcome,
                    Counter.builder("dray.workload.units")
                            .description("Workload units of requests that ended")
                            .tag("outcome", outcome.word())
                            .register(registry));
        }
    }

    private static Map<Outcome, Counter> requestCounters(MeterRegistry registry, String route) {
        Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("dray.requests")
                            .description("Requests that ended")
                            .tag("route", route)
                            .tag("outcome", outcome.word())
                            .register(registry));
        }
        return counters;
    }

    void ended(RequestRecord request) {
        count(byRoute.getOrDefault(request.route(), otherRoutes), request.outcome(), 1);
        count(units, request.outcome(), request.units());
    }

    private static void count(Map<Outcome, Counter> counters, Outcome outcome, double amount) {
        Counter counter = counters.get(outcome);
        // Never absent; a map cannot tell the compiler.
        if (counter != null && amount > 0) {
            counter.increment(amount);
        }
    }
}
