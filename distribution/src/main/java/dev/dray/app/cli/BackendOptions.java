package dev.dray.app.cli;

import dev.dray.app.WorkerSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose settings and plugin, the same for every command that looks at a backend.
final class BackendOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "worker.yaml; without one: environment and defaults.")
    private @Nullable Path config;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            completionCandidates = ShippedBackends.class,
            description = "Plugin id, as 'dray plugins' lists them; wins over the file and $BACKEND.")
    private @Nullable String backend;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "More plugins, beside the shipped ones; may be repeated.")
    private List<Path> plugins = List.of();

    WorkerSetup.Asked asked() {
        return new WorkerSetup.Asked(Optional.ofNullable(config), Optional.ofNullable(backend), plugins);
    }
}
