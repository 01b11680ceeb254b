package dev.dray.app;

import dev.dray.app.admin.LogLevels;
import dev.dray.app.config.Config;
import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Inputs.FlagValue;
import dev.dray.app.config.Inputs.Purpose;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.Assembly;
import dev.dray.app.plugin.BackendAssembly;
import dev.dray.app.plugin.ExpressionCompiler;
import dev.dray.app.plugin.PluginCatalog;
import dev.dray.app.plugin.PluginCatalog.Lookup;
import dev.dray.port.outbound.WorkerEvents;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From a command line to a worker that can be started, or to every reason why not.
public sealed interface WorkerSetup {
    /// All is well.
    ///
    /// @param warnings what is odd, one line each
    record Ready(WorkerProgram.Setup setup, List<String> warnings) implements WorkerSetup {}

    /// There are mistakes: exit 2.
    ///
    /// @param messages every mistake, and what else is worth knowing, one line each
    /// @param beacon   tells the platform, where enough is known to reach it
    /// @param mayPass  whether another try may go better: a plugin failed, the settings are right
    record Refused(List<String> messages, Optional<StartBeacon> beacon, boolean mayPass) implements WorkerSetup {
        public Refused {
            messages = List.copyOf(messages);
        }

        /// Tells the platform that this worker does not start, and why.
        public void tell() {
            beacon.ifPresent(sender -> sender.send(String.join("; ", messages)));
        }
    }

    /// What the command line says.
    ///
    /// @param config  configuration file; empty: environment and defaults
    /// @param backend plugin id; empty: from the file or `$BACKEND`
    /// @param plugins directories searched before the shipped one
    record Asked(Optional<Path> config, Optional<String> backend, List<Path> plugins) {}

    /// What the program brings along.
    ///
    /// @param version     of this program
    /// @param watcher     hears what the worker does
    /// @param modelOutput takes what a model server prints that the worker has started
    /// @param logLevels   of dray's own log; empty: they cannot be changed
    record Brought(String version, WorkerEvents watcher, OutputStream modelOutput, Optional<LogLevels> logLevels) {}

    /// Reads the settings, finds the plugin, starts it, and lays one over the other.
    ///
    static WorkerSetup prepare(Asked asked, Brought brought) {
        Map<String, String> environment = System.getenv();
        var inputs = new Inputs(
                asked.config(),
                environment,
                asked.backend().map(id -> new FlagValue("--backend", "backend", id)).stream()
                        .toList(),
                Path.of("").toAbsolutePath(),
                Runtime.getRuntime().maxMemory(),
                Purpose.SERVE);
        return switch (Configs.load(inputs)) {
            case Loaded.Refused refused ->
                new Refused(texts(refused.problems()), refused.reachable().map(StartBeacon::new), false);
            case Loaded.Complete complete ->
                assemble(complete.config(), PluginFolders.scan(asked.plugins(), environment), brought);
        };
    }

    private static WorkerSetup assemble(Config config, PluginCatalog catalog, Brought brought) {
        var messages = new ArrayList<>(catalog.warnings());
        Optional<StartBeacon> beacon = config.platform().map(StartBeacon::new);
        return switch (catalog.find(config.backend())) {
            case Lookup.Missing missing -> {
                messages.add(missing.message());
                yield new Refused(messages, beacon, false);
            }
            case Lookup.Found found ->
                switch (BackendAssembly.assemble(
                        config, found.entry(), PluginFolders.lending(), ExpressionCompiler.in(catalog))) {
                    case Assembly.Refused refused -> {
                        messages.addAll(refused.warnings());
                        messages.addAll(texts(refused.problems()));
                        yield new Refused(messages, beacon, refused.mayPass());
                    }
                    case Assembly.Complete complete -> {
                        messages.addAll(complete.warnings());
                        yield new Ready(
                                new WorkerProgram.Setup(
                                        config,
                                        complete,
                                        brought.version(),
                                        brought.watcher(),
                                        brought.modelOutput(),
                                        brought.logLevels()),
                                messages);
                    }
                };
        };
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).toList();
    }
}
