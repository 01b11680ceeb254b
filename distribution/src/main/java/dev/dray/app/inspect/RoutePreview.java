package dev.dray.app.inspect;

import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One route as it would be served, in words.
///
/// @param queue     `parallel`, or `serial, queue 'default'`
/// @param shed      estimated wait above which a request is shed; `never`
/// @param expelled  real wait after which it is expelled; `never`
/// @param timeOuts  of a call to the model server, by name; `none`
/// @param cost      how a request is priced
/// @param request   what goes to the model server
/// @param benchmark how it is measured; empty where it is not
public record RoutePreview(
        String path,
        String queue,
        String shed,
        String expelled,
        Map<String, String> timeOuts,
        String cost,
        String request,
        String benchmark) {
    static final String NEVER = "never";

    private static final String PINNED = "; not run, the capacity is known";

    /// @param own what the plugin itself has at that path: the plan's route may be wrapped; empty where
    ///     only the file has it
    static RoutePreview of(RoutePlan plan, Optional<Route> own, Said said) {
        return new RoutePreview(
                plan.path(),
                queue(plan.concurrency()),
                limit(plan.maxQueueTime()),
                limit(plan.queueTimeOut()),
                timeOuts(plan.timeOuts()),
                cost(plan.path(), own, said),
                request(plan.path(), own, said),
                plan.benchmark()
                        .map(benchmark -> benchmark(plan, benchmark, said) + (said.pinned() ? PINNED : ""))
                        .orElse(""));
    }

    /// What is said of all routes.
    ///
    /// @param handlers by the file
    /// @param plugin   id of the one that says the rest
    /// @param pinned   whether the capacity is known, so that nothing is measured
    record Said(HandlerSettings handlers, String plugin, boolean pinned) {}

    private static String queue(Concurrency concurrency) {
        return switch (concurrency) {
            case Concurrency.Parallel _ -> "parallel";
            case Concurrency.Serial(String queue) -> "serial, queue '" + queue + "'";
        };
    }

    private static Map<String, String> timeOuts(TimeOuts timeOuts) {
        var shown = new LinkedHashMap<String, String>();
        shown.put("connect", limit(timeOuts.connect()));
        shown.put("first-byte", limit(timeOuts.firstByte()));
        shown.put("idle", limit(timeOuts.idle()));
        shown.put("total", limit(timeOuts.total()));
        return shown;
    }

    private static String limit(Duration duration) {
        return duration.isZero() ? "none" : shown(duration);
    }

    private static String limit(Optional<Duration> duration) {
        return duration.map(RoutePreview::shown).orElse(NEVER);
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static String cost(String path, Optional<Route> own, Said said) {
        return said.handlers()
                .of(path, "workload")
                .map(cost -> (isNumber(cost.value()) ? cost.value() + " for each request" : cost.value()) + " ("
                        + cost.origin().text() + ")")
                .orElseGet(() -> leaves(own, "workload")
                        ? "100 for each request (default)"
                        : "computed by plugin " + said.plugin());
    }

    private static String request(String path, Optional<Route> own, Said said) {
        if (own.filter(LocalRoute.class::isInstance).isPresent()) {
            return "none: answered inside the worker";
        }
        return said.handlers()
                .of(path, "request")
                .map(request -> request.value() + " (" + request.origin().text() + ")")
                .orElseGet(() -> leaves(own, "request") ? "the client's own bytes" : "made by plugin " + said.plugin());
    }

    // Whether a route leaves a method as the SPI has it.
    private static boolean leaves(Optional<Route> route, String method) {
        if (route.isEmpty()) {
            return true;
        }
        try {
            return route.get()
                    .getClass()
                    .getMethod(method, RequestPayload.class)
                    .getDeclaringClass()
                    .equals(Route.class);
        } catch (NoSuchMethodException | LinkageError _) {
            return false;
        }
    }

    private static String benchmark(RoutePlan plan, BenchmarkPlan benchmark, Said said) {
        boolean serial = plan.concurrency() instanceof Concurrency.Serial;
        return "at most %d runs × %d%s, %s, %s"
                .formatted(
                        benchmark.runs(),
                        serial ? 1 : benchmark.concurrency(),
                        serial ? " (serial route)" : "",
                        benchmark.warmup() ? "after a warm-up" : "no warm-up",
                        payloads(plan.path(), said));
    }

    private static String payloads(String path, Said said) {
        HandlerSettings handlers = said.handlers();
        return handlers.of(path, "benchmark.dataset")
                .map(dataset -> "payloads of the dataset at " + dataset.origin().text())
                .or(() -> handlers.of(path, "benchmark.template")
                        .map(template -> "payloads generated by the template at "
                                + template.origin().text()))
                .orElse("payloads generated by plugin " + said.plugin());
    }

    private static boolean isNumber(String text) {
        try {
            return Double.parseDouble(text) >= 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
