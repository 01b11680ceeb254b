package dev.dray.domain.worker;

import dev.dray.domain.admission.Admission;
import dev.dray.domain.admission.Lanes;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A route with the lanes it runs on. Routes of the same serial queue share their lanes.
///
/// @param plan           the route
/// @param lanes          where its requests run
/// @param maxWaitSeconds estimated wait above which they are shed; infinite for never
record ServedRoute(RoutePlan plan, Lanes<Visit> lanes, double maxWaitSeconds) {
    private static final double NANOS_PER_SECOND = 1e9;

    /// All routes by path.
    static Map<String, ServedRoute> byPath(List<RoutePlan> plans, Admission<Visit> admission) {
        Map<String, Lanes<Visit>> queues = new HashMap<>();
        Map<String, ServedRoute> routes = new HashMap<>();
        for (RoutePlan plan : plans) {
            Lanes<Visit> lanes = switch (plan.concurrency()) {
                case Concurrency.Parallel _ -> admission.parallel();
                case Concurrency.Serial(String queue) -> queues.computeIfAbsent(queue, _ -> admission.serial());
            };
            double maxWaitSeconds =
                    plan.maxQueueTime().map(ServedRoute::seconds).orElse(Double.POSITIVE_INFINITY);
            routes.put(plan.path(), new ServedRoute(plan, lanes, maxWaitSeconds));
        }
        return Map.copyOf(routes);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }
}
