package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.Effective;
import dev.dray.app.config.OrNone;
import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.StartedBackend.SaidRoute;
import dev.dray.app.plugin.StartedBackend.Start;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.worker.WorkerPlan;
import dev.dray.domain.worker.WorkerPlan.HealthPolicy;
import dev.dray.domain.worker.WorkerPlan.Limits;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts a plugin and lays the settings over what it brings: out comes the worker's plan, or every
/// problem at once.
public final class BackendAssembly {
    private final Config config;
    private final PluginEntry plugin;
    private final Lending lending;
    private final ExpressionCompiler compiler;
    private final Origin pluginOrigin;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Effective> effective;

    private BackendAssembly(Config config, PluginEntry plugin, Lending lending, ExpressionCompiler compiler) {
        this.config = config;
        this.plugin = plugin;
        this.lending = lending;
        this.compiler = compiler;
        this.pluginOrigin = new Origin.Plugin(plugin.id());
        this.effective = new ArrayList<>(config.effective());
    }

    /// Starts the plugin and puts both together.
    public static Assembly assemble(Config config, PluginEntry plugin, Lending lending, ExpressionCompiler compiler) {
        return new BackendAssembly(config, plugin, lending, compiler).assemble();
    }

    private Assembly assemble() {
        return switch (StartedBackend.start(plugin, config.backend(), config.pluginSettings(), lending)) {
            case Start.Down(List<Problem> found, List<String> odd, boolean mayPass) ->
                new Assembly.Refused(withMistakesInExpressions(found), odd, mayPass);
            case Start.Up(StartedBackend backend) -> assemble(backend);
        };
    }

    // Whoever corrects the one wants to see the other.
    private List<Problem> withMistakesInExpressions(List<Problem> found) {
        problems.addAll(found);
        for (Handler handler : config.handlers()) {
            compiler.over(PricedRoute.plain(handler.route()), handler, problems);
        }
        return problems;
    }

    private Assembly assemble(StartedBackend backend) {
        warnings.addAll(backend.warnings());
        Optional<ModelLocation> model = model(backend);
        List<RoutePlan> routes = oneBenchmark(routes(backend.routes()));
        if (!problems.isEmpty() || model.isEmpty()) {
            backend.close(plugin);
            return new Assembly.Refused(problems, warnings, false);
        }
        ModelLocation location = model.get();
        var probes = config.model().healthProbes();
        var plan = new WorkerPlan(
                plugin.id(),
                routes,
                logRules(backend.logRules()),
                loadSignal(backend, location),
                location.health().isPresent(),
                new HealthPolicy(probes.interval(), probes.retryInterval(), probes.down(), probes.up()),
                BenchmarkKey.of(plugin, location, routes, config, lending),
                config.capacity(),
                new Limits(
                        config.limits().queued(),
                        config.limits().concurrentRequests(),
                        config.limits().sessions()),
                config.worker().hold());
        return new Assembly.Complete(
                backend.backend(), plan, location, localRoutes(backend), mappedAnswers(backend), warnings, effective);
    }

    // What the operator says goes before what the plugin says, a started process before a file.
    private LoadSignal loadSignal(StartedBackend backend, ModelLocation location) {
        if (!config.model().command().isEmpty()) {
            return new LoadSignal.OwnProcess();
        }
        if (backend.lifecycle().isPresent()) {
            return new LoadSignal.Enters(
                    new PluginLifecycle(plugin, backend.lifecycle().get()));
        }
        return location.logFile().isPresent() ? new LoadSignal.Log() : new LoadSignal.Health();
    }

    private LocalRoutes.Served localRoutes(StartedBackend backend) {
        Map<String, LocalRoute> local = new HashMap<>();
        for (SaidRoute said : backend.routes()) {
            if (said.route() instanceof LocalRoute route) {
                local.put(said.path(), route);
            }
        }
        return new LocalRoutes.Served(plugin, local);
    }

    private MappedAnswers.Mapped mappedAnswers(StartedBackend backend) {
        Map<String, AnswerMapper> mappers = new HashMap<>();
        for (SaidRoute said : backend.routes()) {
            said.answer().ifPresent(mapper -> mappers.put(said.path(), mapper));
        }
        return new MappedAnswers.Mapped(plugin, mappers);
    }

    private Optional<ModelLocation> model(StartedBackend backend) {
        ModelDefaults said = backend.model();
        Config.Model own = config.model();
        Optional<URI> url = own.url().or(() -> pluginUrl(said.url()));
        Optional<Path> logFile = logFile(backend);
        Optional<String> health = own.health().isPresent() ? own.health().get().value() : said.health();
        if (own.health().isEmpty()) {
            note("model.health", health.orElse("none"));
        }
        if (own.name().isEmpty()) {
            note("model.name", said.name().orElse("none"));
        }
        return url.map(known -> new ModelLocation(
                known,
                logFile,
                own.logFrom(),
                health.filter(text -> !text.isBlank()),
                own.healthProbes().timeOut(),
                own.name().or(said::name),
                own.keepAlive(),
                own.headers(),
                new HashSet<>(own.forwardHeaders()),
                config.limits().modelConnections(),
                own.command()));
    }

    private Optional<URI> pluginUrl(String text) {
        note("model.url", text);
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && url.getScheme() != null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException notAUrl) {
            // Told below, with all that is no URL of a server.
        }
        problems.add(new Problem(
                pluginOrigin, "model.url", "'" + text + "'", "a URL with scheme and host", "set 'model.url'"));
        return Optional.empty();
    }

    // The output of a started process is its log. A life cycle stands in for a log, also for one the operator names.
    private Optional<Path> logFile(StartedBackend backend) {
        if (!config.model().command().isEmpty()) {
            return Optional.empty();
        }
        Optional<OrNone<Path>> own = config.model().logFile();
        if (backend.lifecycle().isPresent()) {
            own.flatMap(OrNone::value)
                    .ifPresent(file -> warnings.add(
                            "'model.log-file' %s is not read: plugin %s says itself when the model is loaded"
                                    .formatted(file, plugin.id())));
            return Optional.empty();
        }
        return own.isPresent() ? own.get().value() : pluginLogFile(backend.model());
    }

    private Optional<Path> pluginLogFile(ModelDefaults said) {
        note("model.log-file", said.logFile().orElse("none"));
        try {
            return said.logFile().filter(text -> !text.isBlank()).map(Path::of);
        } catch (InvalidPathException notAPath) {
            problems.add(new Problem(
                    pluginOrigin,
                    "model.log-file",
                    String.valueOf(notAPath.getMessage()),
                    "a path",
                    "set 'model.log-file'"));
            return Optional.empty();
        }
    }

    private void note(String key, String value) {
        effective.add(new Effective(key, value, pluginOrigin));
    }

    private void noteMarkers(String key, Optional<List<String>> own, List<String> said) {
        if (own.isEmpty()) {
            note(key, String.join(" | ", said));
        }
    }

    private LogRules logRules(LogRules said) {
        Config.LogActions own = config.logActions();
        noteMarkers("log-actions.on-load", own.onLoad(), said.onLoad());
        noteMarkers("log-actions.on-error", own.onError(), said.onError());
        noteMarkers("log-actions.on-info", own.onInfo(), said.onInfo());
        return new LogRules(
                own.onLoad().orElse(said.onLoad()),
                own.onError().orElse(said.onError()),
                own.onInfo().orElse(said.onInfo()));
    }

    private List<RoutePlan> routes(List<SaidRoute> said) {
        Map<String, Handler> handlers = new HashMap<>();
        config.handlers().forEach(handler -> handlers.put(handler.route(), handler));
        var overlay = new RouteOverlay(config, compiler);
        var plans = new ArrayList<RoutePlan>();
        for (SaidRoute route : said) {
            plans.add(overlay.over(route, Optional.ofNullable(handlers.remove(route.path()))));
        }
        for (Handler handler : config.handlers()) {
            if (handlers.containsKey(handler.route())) {
                plans.add(overlay.added(handler));
            }
        }
        problems.addAll(overlay.problems());
        return plans;
    }

    // A benchmark in the file is the one that is meant: the plugin's own on another route steps back, and says so.
    private List<RoutePlan> oneBenchmark(List<RoutePlan> plans) {
        List<String> inFile = config.handlers().stream()
                .filter(handler -> handler.benchmark().isPresent())
                .map(Handler::route)
                .toList();
        List<RoutePlan> left = plans;
        if (!inFile.isEmpty()) {
            left = plans.stream()
                    .map(plan -> inFile.contains(plan.path()) ? plan : unmeasured(plan))
                    .toList();
        }
        List<String> measured = left.stream()
                .filter(plan -> plan.benchmark().isPresent())
                .map(plan -> "'" + plan.path() + "'")
                .toList();
        if (measured.size() > 1) {
            problems.add(benchmarkProblem("benchmarks at " + String.join(", ", measured), "remove all but one"));
        }
        if (measured.isEmpty() && config.capacity().isEmpty() && problems.isEmpty()) {
            problems.add(benchmarkProblem("no benchmark", "add one under 'handlers', or pin 'capacity'"));
        }
        return left;
    }

    private RoutePlan unmeasured(RoutePlan plan) {
        if (plan.benchmark().isPresent()) {
            warnings.add("the benchmark of plugin %s at %s is not used: the file has one at another route"
                    .formatted(plugin.id(), plan.path()));
        }
        return new RoutePlan(
                plan.route(),
                plan.concurrency(),
                plan.maxQueueTime(),
                plan.queueTimeOut(),
                plan.timeOuts(),
                Optional.empty());
    }

    private Problem benchmarkProblem(String found, String advice) {
        Origin origin = config.handlers().stream()
                .filter(handler -> handler.benchmark().isPresent())
                .map(Handler::origin)
                .findFirst()
                .orElse(pluginOrigin);
        return new Problem(origin, "handlers[].benchmark", found, "exactly one route with a benchmark", advice);
    }
}
