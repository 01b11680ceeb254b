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

    static RoutePreview of(RoutePlan plan, HandlerSettings handlers, String pluginId, boolean pinned) {
        return new RoutePreview(
                plan.path(),
                queue(plan.concurrency()),
                limit(plan.maxQueueTime()),
                limit(plan.queueTimeOut()),
                timeOuts(plan.timeOuts()),
                cost(plan, handlers, pluginId),
                request(plan, handlers, pluginId),
                plan.benchmark()
                        .map(benchmark -> benchmark(plan, benchmark, handlers, pluginId) + (pinned ? PINNED : ""))
                        .orElse(""));
    }

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

    private static String cost(RoutePlan plan, HandlerSettings handlers, String pluginId) {
        return handlers.of(plan.path(), "workload")
                .map(said -> (isNumber(said.value()) ? said.value() + " for each request" : said.value()) + " ("
                        + said.origin().text() + ")")
                .orElseGet(() -> leaves(plan.route(), "workload")
                        ? "100 for each request (default)"
                        : "computed by plugin " + pluginId);
    }

    private static String request(RoutePlan plan, HandlerSettings handlers, String pluginId) {
        if (plan.route() instanceof LocalRoute) {
            return "none: answered inside the worker";
        }
        return handlers.of(plan.path(), "request")
                .map(said -> said.value() + " (" + said.origin().text() + ")")
                .orElseGet(() ->
                        leaves(plan.route(), "request") ? "the client's own bytes" : "made by plugin " + pluginId);
    }

    // Whether a route leaves a method as the SPI has it.
    private static boolean leaves(Route route, String method) {
        try {
            return route.getClass()
                    .getMethod(method, RequestPayload.class)
                    .getDeclaringClass()
                    .equals(Route.class);
        } catch (NoSuchMethodException | LinkageError _) {
            return false;
        }
    }

    private static String benchmark(
            RoutePlan plan, BenchmarkPlan benchmark, HandlerSettings handlers, String pluginId) {
        boolean serial = plan.concurrency() instanceof Concurrency.Serial;
        return "at most %d runs × %d%s, %s, %s"
                .formatted(
                        benchmark.runs(),
                        serial ? 1 : benchmark.concurrency(),
                        serial ? " (serial route)" : "",
                        benchmark.warmup() ? "after a warm-up" : "no warm-up",
                        payloads(plan.path(), handlers, pluginId));
    }

    private static String payloads(String path, HandlerSettings handlers, String pluginId) {
        return handlers.of(path, "benchmark.dataset")
                .map(said -> "payloads of the dataset at " + said.origin().text())
                .or(() -> handlers.of(path, "benchmark.template")
                        .map(said -> "payloads generated by the template at "
                                + said.origin().text()))
                .orElse("payloads generated by plugin " + pluginId);
    }

    private static boolean isNumber(String text) {
        try {
            return Double.parseDouble(text) >= 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
