package dev.dray.app.inspect;

import dev.dray.app.PluginFolders;
import dev.dray.app.WorkerSetup;
import dev.dray.app.config.Config;
import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Inputs.FlagValue;
import dev.dray.app.config.Inputs.Purpose;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.Assembly;
import dev.dray.app.plugin.BackendAssembly;
import dev.dray.app.plugin.Containment;
import dev.dray.app.plugin.Containment.Result;
import dev.dray.app.plugin.ExpressionCompiler;
import dev.dray.app.plugin.PluginCatalog;
import dev.dray.app.plugin.PluginCatalog.Lookup;
import dev.dray.app.plugin.PluginEntry;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.spi.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Settings and plugin put together as for a worker that serves, but that serves nobody: the platform's
/// variables may be missing.
public sealed interface Inspection {
    /// What is odd, one line each.
    List<String> warnings();

    /// They fit. Closing ends the plugin's backend.
    record Complete(Config config, PluginEntry plugin, Assembly.Complete assembly, List<String> warnings)
            implements Inspection, AutoCloseable {
        public Complete {
            warnings = List.copyOf(warnings);
        }

        /// The routes as they would be served.
        public List<RoutePlan> routes() {
            return assembly.plan().routes();
        }

        /// What the plugin itself has, by path, before the settings were laid over it.
        Map<String, Route> pluginRoutes() {
            Result<List<Route>> said = Containment.call(
                    plugin.loader(), () -> List.copyOf(assembly.backend().routes()));
            return said instanceof Result.Returned<List<Route>>(List<Route> routes)
                    ? routes.stream()
                            .collect(Collectors.toMap(Route::path, Function.identity(), (first, second) -> first))
                    : Map.of();
        }

        @Override
        public void close() {
            Containment.call(plugin.loader(), () -> {
                assembly.backend().close();
                return true;
            });
        }
    }

    /// They do not.
    ///
    /// @param problems all of them, one line each
    record Refused(List<String> problems, List<String> warnings) implements Inspection {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// Reads the settings, finds the plugin, starts it, and lays one over the other.
    static Inspection of(WorkerSetup.Asked asked, Map<String, String> environment) {
        PluginCatalog catalog = PluginFolders.scan(asked.plugins(), environment);
        return switch (Configs.load(inputs(asked, environment, Purpose.INSPECT))) {
            case Loaded.Refused refused -> new Refused(texts(refused.problems()), catalog.warnings());
            case Loaded.Complete complete -> assemble(complete.config(), catalog);
        };
    }

    /// What a worker that serves would miss besides, one line each.
    static List<String> missing(WorkerSetup.Asked asked, Map<String, String> environment) {
        return Configs.load(inputs(asked, environment, Purpose.SERVE)) instanceof Loaded.Refused refused
                ? texts(refused.problems())
                : List.of();
    }

    private static Inputs inputs(WorkerSetup.Asked asked, Map<String, String> environment, Purpose purpose) {
        return new Inputs(
                asked.config(),
                environment,
                asked.backend().map(id -> new FlagValue("--backend", "backend", id)).stream()
                        .toList(),
                Path.of("").toAbsolutePath(),
                Runtime.getRuntime().maxMemory(),
                purpose);
    }

    private static Inspection assemble(Config config, PluginCatalog catalog) {
        var warnings = new ArrayList<>(catalog.warnings());
        return switch (catalog.find(config.backend())) {
            case Lookup.Missing missing -> new Refused(List.of(missing.message()), warnings);
            case Lookup.Found found ->
                switch (BackendAssembly.assemble(
                        config, found.entry(), PluginFolders.lending(), ExpressionCompiler.in(catalog))) {
                    case Assembly.Refused refused -> {
                        warnings.addAll(refused.warnings());
                        yield new Refused(texts(refused.problems()), warnings);
                    }
                    case Assembly.Complete complete -> {
                        warnings.addAll(complete.warnings());
                        yield new Complete(config, found.entry(), complete, warnings);
                    }
                };
        };
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).toList();
    }
}
