package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Problem;
import dev.dray.spi.BackendPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/// Puts a configuration file and one of the project's own plugins together, as `dray run` does, in one class loader.
///
/// @param compiler whether the plugin that compiles expressions is there
record Assembling(Path directory, boolean compiler) {
    private static final List<PluginEntry> PLUGINS = ServiceLoader.load(BackendPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .map(plugin -> new PluginEntry(
                    plugin.id(),
                    plugin.aliases(),
                    "test",
                    Path.of(plugin.id() + ".jar"),
                    true,
                    plugin,
                    Assembling.class.getClassLoader()))
            .toList();

    static Assembling in(Path directory) {
        return new Assembling(directory, true);
    }

    static boolean hasPlugin(String id) {
        return PLUGINS.stream().anyMatch(plugin -> plugin.id().equals(id));
    }

    Assembling withoutCompiler() {
        return new Assembling(directory, false);
    }

    Assembly.Complete complete(String yaml) {
        return switch (assemble(yaml)) {
            case Assembly.Complete complete -> complete;
            case Assembly.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    List<String> problems(String yaml) {
        return switch (assemble(yaml)) {
            case Assembly.Complete _ -> List.of();
            case Assembly.Refused refused ->
                refused.problems().stream().map(Problem::text).toList();
        };
    }

    Assembly assemble(String yaml) {
        try {
            Files.writeString(directory.resolve("worker.yaml"), yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        var inputs = new Inputs(
                Optional.of(Path.of("worker.yaml")),
                Map.of("HOME", directory.toString()),
                List.of(),
                directory,
                1L << 30,
                Inputs.Purpose.INSPECT);
        Config config = switch (Configs.load(inputs)) {
            case Loaded.Complete(Config read) -> read;
            case Loaded.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
        List<PluginEntry> there = PLUGINS.stream()
                .filter(plugin -> compiler || !plugin.id().equals("declarative"))
                .toList();
        var catalog = new PluginCatalog(there, List.of(), List.of());
        var lending = new Lending(Map.of(), List.of(), new SplittableRandom(1), () -> Instant.EPOCH);
        return BackendAssembly.assemble(
                config, catalog.entry(config.backend()).orElseThrow(), lending, ExpressionCompiler.in(catalog));
    }
}
