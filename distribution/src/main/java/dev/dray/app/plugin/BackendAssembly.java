package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.Effective;
import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.Assembly.House;
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
import dev.dray.spi.ReadinessProbe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        Optional<ModelLocation> model =
                new ModelAssembly(config, plugin, new ModelAssembly.Notes(problems, warnings, effective)).over(backend);
        Measured measured = Measured.of(config, backend.further(), pluginOrigin);
        measured.layOver(effective);
        List<RoutePlan> routes =
                oneBenchmark(routes(backend.routes()), measured.capacity().isPresent());
        if (!problems.isEmpty() || model.isEmpty()) {
            backend.close(plugin);
            return new Assembly.Refused(problems, warnings, false);
        }
        ModelLocation location = model.get();
        var probes = config.model().healthProbes();
        var plan = new WorkerPlan(
                plugin.id(),
                routes,
                openPaths(backend),
                logRules(backend.logRules()),
                servers(backend, location),
                new HealthPolicy(probes.interval(), probes.retryInterval(), probes.down(), probes.up()),
                BenchmarkKey.of(plugin, location, routes, config, lending),
                measured.capacity(),
                new Limits(
                        config.limits().queued(),
                        config.limits().concurrentRequests(),
                        measured.sessions(),
                        config.limits().pluginTime()),
                config.worker().hold());
        return new Assembly.Complete(
                backend.backend(),
                plan,
                location,
                localRoutes(backend),
                new House(backend.control(), lending.sessions()),
                mappedAnswers(backend),
                warnings,
                effective);
    }

    // A platform's clients speak its envelope, which GET has no place for.
    private Set<String> openPaths(StartedBackend backend) {
        return config.controlPlane() == Config.ControlPlane.NONE
                ? backend.further().openPaths()
                : Set.of();
    }

    // What the operator says goes before what the plugin says, a started process before a file.
    private List<WorkerPlan.ServerPlan> servers(StartedBackend backend, ModelLocation location) {
        Optional<LoadSignal> entered = backend.lifecycle()
                .map(lifecycle -> new PluginLifecycle(plugin, lifecycle))
                .map(lifecycle -> new LoadSignal.Enters(
                        SharedLifecycle.of(lifecycle, location.servers().size())));
        var plans = new ArrayList<WorkerPlan.ServerPlan>();
        for (ModelLocation.Server server : location.servers()) {
            LoadSignal heard = server.logFile().isPresent() ? new LoadSignal.Log() : new LoadSignal.Health();
            LoadSignal signal = server.command().isEmpty() ? entered.orElse(heard) : new LoadSignal.OwnProcess();
            String name =
                    location.servers().size() == 1 ? "" : "model server %d at %s".formatted(plans.size(), server.url());
            plans.add(new WorkerPlan.ServerPlan(
                    name, signal, loadProbe(backend, location), server.health().isPresent()));
        }
        return plans;
    }

    // A plugin's probe names absolute URLs: it speaks of the one model server that the plugin knows.
    private static Optional<ReadinessProbe> loadProbe(StartedBackend backend, ModelLocation location) {
        return location.servers().size() == 1 ? backend.further().probe() : Optional.empty();
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
        return new MappedAnswers.Mapped(plugin, mappers, config.limits().pluginTime());
    }

    private void noteMarkers(String key, Optional<List<String>> own, List<String> said) {
        if (own.isEmpty()) {
            effective.add(new Effective(key, String.join(" | ", said), pluginOrigin));
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
    private List<RoutePlan> oneBenchmark(List<RoutePlan> plans, boolean pinned) {
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
        if (measured.isEmpty() && !pinned && problems.isEmpty()) {
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
