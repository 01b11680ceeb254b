package dev.dray.app;

import dev.dray.adapter.controlplanevast.ReportStatus;
import dev.dray.adapter.modelclient.BreakerState;
import dev.dray.adapter.modelclient.HttpModelServers;
import dev.dray.adapter.telemetry.PrometheusTelemetry;
import dev.dray.adapter.telemetry.PrometheusTelemetry.States;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Brings what adapters know of themselves onto the metrics page.
final class Meters {
    private Meters() {}

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
                    "dray.platform.key.known",
                    "1 where signatures can be checked, or need not be",
                    () -> plane.isKeyKnown() ? 1 : 0);
            telemetry.gauge(
                    "dray.outcomes.waiting", "Outcomes the platform has not acknowledged yet", plane::outcomesWaiting);
            telemetry.count(
                    "dray.outcomes.dropped", "Outcomes given up because too many were waiting", plane::outcomesDropped);
        });
    }

    static String word(BreakerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> breakerStates() {
        return Arrays.stream(BreakerState.values()).map(Meters::word).toList();
    }
}
