package dev.dray.adapter.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How far the price of a request was from what it turned out to be.
///
/// The platform buys machines by workload units, which a route estimates before the model has written a word. One
/// ratio, tokens written by units priced, for each request of which both are known; and both sums by route, so that
/// their quotient can be taken over any time. A ratio that stays far from 1 is a price to change.
final class EstimateMeters {
    private final DistributionSummary ratio;
    private final Map<String, Sums> byRoute = new HashMap<>();

    private record Sums(Counter units, Counter tokens) {}

    EstimateMeters(MeterRegistry registry, Collection<String> routes) {
        ratio = DistributionSummary.builder("dray.workload.estimate.ratio")
                .description("Tokens the model wrote, by the workload units the request was priced at")
                .serviceLevelObjectives(Buckets.estimateRatio())
                .register(registry);
        for (String route : routes) {
            byRoute.put(
                    route,
                    new Sums(
                            sum(registry, route, "units", "Workload units of the requests whose tokens are known"),
                            sum(registry, route, "tokens", "Tokens the model wrote for requests that have a price")));
        }
    }

    private static Counter sum(MeterRegistry registry, String route, String what, String description) {
        return Counter.builder("dray.workload.estimate." + what)
                .description(description)
                .tag("route", route)
                .register(registry);
    }

    void compare(String route, double units, long tokens) {
        ratio.record(tokens / units);
        Sums sums = byRoute.get(route);
        if (sums != null) {
            sums.units().increment(units);
            sums.tokens().increment((double) tokens);
        }
    }
}
