package dev.dray.app.plugin;

import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.Containment.Result;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.Backend;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.Lifecycle;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.ReadinessProbe;
import dev.dray.spi.Route;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// A backend with everything it says of itself, asked once so that it cannot say something else later.
///
/// @param backend  to close at the end
/// @param further  what it says beside the model server and the routes
/// @param control  the control port it wants
/// @param warnings what the plugin found odd
record StartedBackend(
        Backend backend,
        ModelDefaults model,
        LogRules logRules,
        Optional<Lifecycle> lifecycle,
        List<SaidRoute> routes,
        Further further,
        Optional<ControlPort> control,
        List<String> warnings) {
    // It may open files and ask its surroundings; whoever waits for it has no worker yet.
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /// What a backend says beside the model server and the routes.
    record Further(
            Optional<ReadinessProbe> probe, OptionalDouble capacity, OptionalInt sessions, Set<String> openPaths) {
        static Further of(Backend backend) {
            return new Further(
                    Objects.requireNonNull(backend.readinessProbe(), "readinessProbe"),
                    Objects.requireNonNull(backend.capacity(), "capacity"),
                    Objects.requireNonNull(backend.maxSessions(), "maxSessions"),
                    Set.copyOf(backend.openPaths()));
        }

        private List<String> mistakes() {
            var mistakes = new ArrayList<String>();
            capacity.ifPresent(units -> {
                if (!Double.isFinite(units) || units <= 0) {
                    mistakes.add("found capacity " + units + "; expected a finite number greater than 0");
                }
            });
            sessions.ifPresent(most -> {
                if (most < 1) {
                    mistakes.add("found maxSessions " + most + "; expected 1 or more");
                }
            });
            openPaths.stream()
                    .filter(path -> !path.startsWith("/"))
                    .forEach(path ->
                            mistakes.add("found open path '" + path + "'; expected a path that begins with '/'"));
            probe.stream()
                    .flatMap(one -> one.urls().stream())
                    .filter(url -> !isHttp(url))
                    .forEach(url ->
                            mistakes.add("found '" + url + "' in its readiness probe; expected an absolute http URL"));
            return mistakes;
        }

        private static boolean isHttp(String text) {
            try {
                var url = URI.create(text);
                return "http".equals(url.getScheme()) && url.getHost() != null;
            } catch (IllegalArgumentException notAUrl) {
                return false;
            }
        }
    }

    /// A route with what it says of itself.
    record SaidRoute(
            Route route,
            String path,
            Concurrency concurrency,
            Optional<Duration> maxQueueTime,
            Optional<AnswerMapper> answer,
            Optional<BenchmarkPlan> benchmark) {
        static SaidRoute of(Route route) {
            Objects.requireNonNull(route, "route");
            return new SaidRoute(
                    route,
                    Objects.requireNonNull(route.path(), "path"),
                    Objects.requireNonNull(route.concurrency(), "concurrency"),
                    Objects.requireNonNull(route.maxQueueTime(), "maxQueueTime"),
                    Objects.requireNonNull(route.answer(), "answer"),
                    Objects.requireNonNull(route.benchmark(), "benchmark"));
        }
    }

    /// What became of a start.
    sealed interface Start {
        record Up(StartedBackend backend) implements Start {}

        /// It did not come up.
        ///
        /// @param mayPass whether it failed, rather than finding a mistake
        record Down(List<Problem> problems, List<String> warnings, boolean mayPass) implements Start {}
    }

    /// Starts a plugin and asks its backend everything.
    static Start start(PluginEntry plugin, String requestedId, JsonObject settings, Lending lending) {
        var context = new StartContext(plugin, requestedId, settings, lending);
        Result<Backend> started = Containment.within(
                START_LIMIT, "start", plugin.loader(), () -> plugin.plugin().start(context));
        return switch (started) {
            // A plugin that told its mistakes and then fell over them has said what matters.
            case Result.Threw<Backend>(Throwable _, String reason) ->
                down(
                        context,
                        context.problems().isEmpty() ? List.of("failed to start: " + reason) : List.of(),
                        plugin,
                        context.problems().isEmpty());
            case Result.Returned<Backend>(Backend backend) ->
                context.problems().isEmpty() ? ask(backend, plugin, context) : down(context, List.of(), plugin, false);
        };
    }

    private static Start ask(Backend backend, PluginEntry plugin, StartContext context) {
        Result<StartedBackend> asked = Containment.within(
                PluginEnd.LIMIT,
                "getters",
                plugin.loader(),
                () -> new StartedBackend(
                        backend,
                        Objects.requireNonNull(backend.model(), "model"),
                        Objects.requireNonNull(backend.logRules(), "logRules"),
                        Objects.requireNonNull(backend.lifecycle(), "lifecycle"),
                        backend.routes().stream().map(SaidRoute::of).toList(),
                        Further.of(backend),
                        context.controlPort(),
                        context.warnings()));
        return switch (asked) {
            case Result.Threw<StartedBackend>(Throwable _, String reason) ->
                down(context, List.of("failed to say what it serves: " + reason), plugin, false);
            case Result.Returned<StartedBackend>(StartedBackend up) -> {
                List<String> mistakes = up.mistakes();
                yield mistakes.isEmpty() ? new Start.Up(up) : down(context, mistakes, plugin, false);
            }
        };
    }

    /// Closes the backend, whatever it throws.
    void close(PluginEntry plugin) {
        PluginEnd.of(plugin, backend);
    }

    private List<String> mistakes() {
        var mistakes = new ArrayList<>(further.mistakes());
        if (routes.isEmpty()) {
            mistakes.add("found no route; expected one or more");
        }
        var paths = new HashSet<String>();
        for (SaidRoute route : routes) {
            if (!route.path().startsWith("/")) {
                mistakes.add("found route '" + route.path() + "'; expected a path that begins with '/'");
            }
            if (route.maxQueueTime().filter(Duration::isNegative).isPresent()) {
                mistakes.add("found maxQueueTime %s of route '%s'; expected 0 or more"
                        .formatted(route.maxQueueTime().get(), route.path()));
            }
            if (!paths.add(route.path())) {
                mistakes.add("found route '" + route.path() + "' twice; expected each path once");
            }
        }
        return mistakes;
    }

    private static Start.Down down(StartContext context, List<String> messages, PluginEntry plugin, boolean mayPass) {
        var problems = new ArrayList<>(context.problems());
        for (String message : messages) {
            problems.add(Problem.said(new Origin.Plugin(plugin.id()), "", message));
        }
        return new Start.Down(List.copyOf(problems), context.warnings(), mayPass);
    }
}
