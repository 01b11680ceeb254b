package dev.dray.app;

import dev.dray.adapter.controlplanevast.ReportStatus;
import dev.dray.adapter.modelclient.BreakerState;
import dev.dray.adapter.modelclient.HttpModelServers;
import dev.dray.adapter.telemetry.OtlpSettings;
import dev.dray.adapter.telemetry.PrometheusTelemetry;
import dev.dray.adapter.telemetry.PrometheusTelemetry.States;
import dev.dray.adapter.telemetry.PrometheusTelemetry.Subject;
import dev.dray.app.plugin.CountedRoute;
import dev.dray.domain.worker.RoutePlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Brings what adapters know of themselves onto the metrics page.
final class Meters {
    // The exporter's own warnings are long and without a limit that is ours: telemetry says what fails.
    private static final Logger EXPORTERS_OWN_WORDS = Logger.getLogger("io.opentelemetry");

    private Meters() {}

    /// @param paths all that answer
    static PrometheusTelemetry telemetry(WorkerProgram.Setup setup, Set<String> paths, RealTime time) {
        var subject = new Subject(
                paths,
                setup.assembled().plan().routes().stream().map(RoutePlan::path).toList(),
                setup.config().backend(),
                setup.config().model().name(),
                setup.assembled().model().servers().size());
        Optional<OtlpSettings> collector = setup.config()
                .otlpEndpoint()
                .map(endpoint -> new OtlpSettings(
                        endpoint, setup.version(), UUID.randomUUID().toString(), time.clock()));
        collector.ifPresent(_ -> EXPORTERS_OWN_WORDS.setLevel(Level.OFF));
        return new PrometheusTelemetry(subject, time, collector);
    }

    static void bind(PrometheusTelemetry telemetry, HttpModelServers model, PlatformSide platform) {
        for (int place = 0; place < model.count(); place++) {
            int server = place;
            telemetry.states(
                    "dray.model.circuit.breaker",
                    "1 for the state of the circuit breaker at the model client, 0 for all others",
                    server,
                    new States(breakerStates(), () -> word(model.breakerState(server))));
            telemetry.gauge(
                    "dray.model.connections",
                    "Open connections to the model server, idle ones included",
                    server,
                    () -> model.connections(server).open());
        }
        platform.vast().ifPresent(plane -> {
            telemetry.count(
                    "dray.report.failures",
                    "Reports to the platform that were not taken",
                    () -> plane.lastReport().map(ReportStatus::failures).orElse(0L));
            telemetry.count(
                    "dray.report.retries",
                    "Attempts to report to the platform that failed and were repeated",
                    () -> plane.status().reports().repeated());
            telemetry.gauge(
                    "dray.reports.failing",
                    "Reports in a row that the platform did not take; 0 once one was taken",
                    () -> plane.status().reports().failuresInARow());
            telemetry.gauge(
                    "dray.platform.key.known",
                    "1 where signatures can be checked, or need not be",
                    () -> plane.isKeyKnown() ? 1 : 0);
            telemetry.gauge(
                    "dray.outcomes.waiting", "Outcomes the platform has not acknowledged yet", plane::outcomesWaiting);
            telemetry.count(
                    "dray.outcomes.dropped", "Outcomes given up because too many were waiting", plane::outcomesDropped);
        });
    }

    /// Counts what no plugin could price, route by route.
    static void bindRoutes(PrometheusTelemetry telemetry, List<RoutePlan> routes) {
        var totals = new HashMap<String, LongSupplier>();
        for (RoutePlan plan : routes) {
            if (plan.route() instanceof CountedRoute route) {
                totals.put(plan.path(), route::unpriced);
            }
        }
        telemetry.countByRoute(
                "dray.workload.fallbacks", "Payloads that had no valid price and weigh 100 units", totals);
    }

    static String word(BreakerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> breakerStates() {
        return Arrays.stream(BreakerState.values()).map(Meters::word).toList();
    }
}
