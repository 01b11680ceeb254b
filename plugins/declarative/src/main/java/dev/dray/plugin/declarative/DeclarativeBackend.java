package dev.dray.plugin.declarative;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.spi.Backend;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.PluginContext;
import dev.dray.spi.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A backend of which the file says everything. Most of it the worker lays over by itself; here is what
/// is left: which
/// routes there are, and what a worker cannot do without.
///
/// @param url   of the model server
/// @param paths of the routes
record DeclarativeBackend(String url, List<String> paths) implements Backend {
    // Never asked: the worker does not start after a problem, and the file's own URL goes before.
    private static final String NO_URL = "http://127.0.0.1";

    DeclarativeBackend {
        paths = List.copyOf(paths);
    }

    static DeclarativeBackend read(PluginContext context) {
        JsonObject settings = context.settings();
        List<String> paths = paths(settings);
        if (paths.isEmpty()) {
            context.problem(
                    "handlers",
                    "found none; expected one or more, such as '- route: /v1/completions': this plugin serves what the"
                            + " file names and nothing else");
        }
        if (isMissing(settings, "/model/url") && isMissing(settings, "/model/servers")) {
            context.problem(
                    "model.url",
                    "found nothing; expected where the model server listens, such as http://127.0.0.1:18000");
        }
        requireLoadMarkers(context);
        return new DeclarativeBackend(
                settings.at("/model/url").flatMap(JsonValue::text).orElse(NO_URL), paths);
    }

    // A log that never says "loaded" is followed for ever.
    private static void requireLoadMarkers(PluginContext context) {
        JsonObject settings = context.settings();
        boolean log = settings.at("/model/log-file")
                        .flatMap(JsonValue::text)
                        .filter(file -> !file.equals("none"))
                        .isPresent()
                || !isMissing(settings, "/model/command");
        boolean markers = settings.at("/log-actions/on-load")
                .filter(list ->
                        !(list instanceof JsonArray array && array.elements().isEmpty()))
                .filter(list -> !list.isNull())
                .isPresent();
        if (log && !markers) {
            context.problem(
                    "log-actions.on-load",
                    "found nothing; expected a part of the line that says that the model is loaded, such as"
                            + " [\"Application startup complete.\"]");
        }
    }

    private static boolean isMissing(JsonObject settings, String pointer) {
        return settings.at(pointer).filter(value -> !value.isNull()).isEmpty();
    }

    private static List<String> paths(JsonObject settings) {
        var paths = new ArrayList<String>();
        if (settings.at("/handlers").orElse(null) instanceof JsonArray handlers) {
            handlers.forEach(
                    handler -> handler.at("/route").flatMap(JsonValue::text).ifPresent(paths::add));
        }
        return paths;
    }

    @Override
    public ModelDefaults model() {
        return new ModelDefaults(url, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public LogRules logRules() {
        return new LogRules(List.of(), List.of(), List.of());
    }

    /// Bare routes with the defaults of [Route]: the worker lays each entry over its own.
    @Override
    public List<Route> routes() {
        return paths.stream().<Route>map(path -> () -> path).toList();
    }
}
