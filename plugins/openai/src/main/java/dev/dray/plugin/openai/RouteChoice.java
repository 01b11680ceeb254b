package dev.dray.plugin.openai;

import dev.dray.model.JsonValue.JsonArray;
import dev.dray.spi.PluginContext;
import dev.dray.spi.Route;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which routes are served, and which of them is benchmarked.
///
/// @param served   at least one
/// @param measured one of them
record RouteChoice(Set<KnownRoute> served, KnownRoute measured) {
    private static final String ROUTES = "OPENAI_ROUTES";
    private static final String BENCHMARK = "BENCHMARK_ROUTE";

    private static final RouteChoice HARMLESS = new RouteChoice(EnumSet.of(KnownRoute.CHAT), KnownRoute.CHAT);

    RouteChoice {
        served = Collections.unmodifiableSet(EnumSet.copyOf(served));
    }

    /// Reads both variables. After a problem the choice is a harmless one: the worker does not start.
    static RouteChoice read(PluginContext context) {
        String asked = Variables.notBlank(context, BENCHMARK).orElse(KnownRoute.COMPLETIONS.path());
        Optional<KnownRoute> measured = KnownRoute.find(asked);
        if (measured.isEmpty()) {
            context.problem(
                    BENCHMARK,
                    "found '%s', expected a route that this plugin knows: %s"
                            .formatted(asked, KnownRoute.paths(KnownRoute.all())));
            return HARMLESS;
        }
        Set<KnownRoute> served = servedRoutes(measured.get(), context);
        if (!served.contains(measured.get())) {
            context.problem(
                    BENCHMARK,
                    "route %s is benchmarked but not served (%s names: %s); add it there, or set %s to one of those"
                            .formatted(asked, ROUTES, KnownRoute.paths(served), BENCHMARK));
            return HARMLESS;
        }
        return new RouteChoice(served, measured.get());
    }

    /// Called where the name of the model is not known. vLLM answers completions that name none; another
    /// server behind the same API may refuse them, and then the benchmark fails, so it is said
    /// beforehand. A data set in the file brings its own. No problem, since a worker on a laptop just
    /// runs.
    void warnOfMissingModelName(PluginContext context) {
        if (measured == KnownRoute.COMPLETIONS && !fileBringsDataset(context)) {
            context.warning(
                    "the benchmark of %s names no model; if the model server refuses that, set MODEL_NAME or model.name"
                            .formatted(measured.path()));
        }
    }

    /// The routes, in the order of [KnownRoute].
    List<Route> routes(RouteMaker maker) {
        return served.stream()
                .map(route -> maker.make(route, route == measured))
                .toList();
    }

    private static Set<KnownRoute> servedRoutes(KnownRoute measured, PluginContext context) {
        List<String> asked = Variables.parts(context.environment(ROUTES).orElse(""), ",");
        if (asked.isEmpty()) {
            return EnumSet.of(KnownRoute.COMPLETIONS, KnownRoute.CHAT, measured);
        }
        Set<KnownRoute> served = EnumSet.noneOf(KnownRoute.class);
        for (String path : asked) {
            KnownRoute.find(path).ifPresentOrElse(served::add, () -> context.warning(notKnown(path)));
        }
        return served;
    }

    private static String notKnown(String path) {
        return "%s: route '%s' is not known and is left out; known are %s"
                .formatted(ROUTES, path, KnownRoute.paths(KnownRoute.all()));
    }

    private static boolean fileBringsDataset(PluginContext context) {
        return context
                .settings()
                .at("/handlers")
                .filter(JsonArray.class::isInstance)
                .map(JsonArray.class::cast)
                .stream()
                .flatMap(handlers -> handlers.elements().stream())
                .flatMap(handler -> handler.at("/benchmark/dataset").stream())
                .anyMatch(dataset -> !dataset.isNull());
    }
}
