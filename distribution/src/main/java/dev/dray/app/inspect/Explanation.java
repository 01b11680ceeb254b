package dev.dray.app.inspect;

import dev.dray.app.plugin.Containment;
import dev.dray.app.plugin.Containment.Result;
import dev.dray.app.plugin.PluginEntry;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the worker would do with one payload.
///
/// @param workload units it would count; empty where nothing can be counted
/// @param request  what would go to the model server; empty where nothing would
/// @param problems field → message; what is the plugin's fault stands under `plugin`
public record Explanation(OptionalDouble workload, Optional<ModelRequest> request, Map<String, String> problems) {
    /// The key of problems that are the plugin's fault.
    static final String PLUGIN = "plugin";

    // Beyond this the worker counts less than the plugin says.
    private static final double UNQUESTIONED = 1e9;

    /// Asks a route about a payload, as the worker would.
    public static Explanation of(RoutePlan route, PluginEntry plugin, Bytes payload) {
        RequestPayload read;
        try {
            read = new RequestPayload(JsonValue.parse(payload));
        } catch (InvalidJsonException broken) {
            return notJson(String.valueOf(broken.getMessage()));
        }
        return new Asking(route, plugin, read).explain();
    }

    private static Explanation notJson(String why) {
        return new Explanation(OptionalDouble.empty(), Optional.empty(), Map.of("payload", "not JSON: " + why));
    }

    /// One payload and what was found so far.
    private static final class Asking {
        private final RoutePlan route;
        private final PluginEntry plugin;
        private final RequestPayload payload;
        private final Map<String, String> problems = new LinkedHashMap<>();

        Asking(RoutePlan route, PluginEntry plugin, RequestPayload payload) {
            this.route = route;
            this.plugin = plugin;
            this.payload = payload;
        }

        Explanation explain() {
            boolean refused = isRefused();
            OptionalDouble workload = workload(refused);
            Optional<ModelRequest> request = refused ? Optional.empty() : request();
            return new Explanation(workload, request, problems);
        }

        private boolean isRefused() {
            Result<LinkedHashMap<String, String>> checked = Containment.call(
                    plugin.loader(), () -> new LinkedHashMap<>(route.route().check(payload)));
            switch (checked) {
                case Result.Returned<LinkedHashMap<String, String>>(LinkedHashMap<String, String> mistakes) ->
                    problems.putAll(mistakes);
                case Result.Threw<LinkedHashMap<String, String>>(Throwable _, String reason) ->
                    failed("check", reason, "the request would be answered 500");
            }
            return !problems.isEmpty();
        }

        // A request that is refused is never priced: what the plugin makes of it then is a courtesy, not a promise.
        private OptionalDouble workload(boolean refused) {
            Result<Double> priced =
                    Containment.call(plugin.loader(), () -> route.route().workload(payload));
            return switch (priced) {
                case Result.Returned<Double>(Double said)
                when said >= 0 && said <= UNQUESTIONED -> OptionalDouble.of(said);
                case Result.Returned<Double>(Double said) -> counted(refused, "gave " + said);
                case Result.Threw<Double>(Throwable _, String reason) -> counted(refused, reason);
            };
        }

        private OptionalDouble counted(boolean refused, String why) {
            if (refused) {
                return OptionalDouble.empty();
            }
            double units = route.units(payload);
            failed("workload", why, "the request would count " + units);
            return OptionalDouble.of(units);
        }

        private Optional<ModelRequest> request() {
            Result<ModelRequest> made =
                    Containment.call(plugin.loader(), () -> route.route().request(payload));
            return switch (made) {
                case Result.Returned<ModelRequest>(ModelRequest request) -> Optional.of(request);
                case Result.Threw<ModelRequest>(Throwable _, String reason) -> {
                    failed("request", reason, "the request would be answered 500");
                    yield Optional.empty();
                }
            };
        }

        private void failed(String method, String reason, String effect) {
            String message = "plugin '%s' failed in %s: %s; %s".formatted(plugin.id(), method, reason, effect);
            problems.merge(PLUGIN, message, (before, now) -> before + "; " + now);
        }
    }
}
