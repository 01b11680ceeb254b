package dev.dray.plugin.comfyui;

import dev.dray.spi.PluginContext;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where benchmark workflows and prompts may be found, as the platform's templates place them.
///
/// @param workflows in order of precedence
/// @param prompts   for a benchmark without a workflow; one or more
record BenchmarkFiles(List<WorkflowFile> workflows, List<String> prompts) {
    private static final String VARIABLE = "BENCHMARK_JSON_PATH";

    /// A link that the image keeps to the first workflow it converted.
    private static final Path OF_IMAGE = Path.of("/opt/comfyui-api-wrapper/workflows/pyworker_benchmark.json");

    BenchmarkFiles {
        workflows = List.copyOf(workflows);
        prompts = List.copyOf(prompts);
    }

    /// Looks beside the jar that a class came from, and where the environment says.
    static BenchmarkFiles beside(Class<?> plugin, PluginContext context) {
        return in(folder(plugin), OF_IMAGE, context);
    }

    /// @param folder of the plugin; empty where unknown
    static BenchmarkFiles in(Optional<Path> folder, Path ofImage, PluginContext context) {
        var files = new ArrayList<WorkflowFile>();
        folder.map(home -> home.resolve("misc/benchmark.json"))
                .ifPresent(file -> files.add(WorkflowFile.where(file, "beside the plugin")));
        named(context).ifPresent(file -> files.add(WorkflowFile.named(file, VARIABLE)));
        files.add(WorkflowFile.where(ofImage, "of the image"));
        return new BenchmarkFiles(files, prompts(folder, context));
    }

    private static Optional<Path> named(PluginContext context) {
        String text = context.environment(VARIABLE).map(String::strip).orElse("");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            context.warning("%s: found '%s', which is no path; it is passed over".formatted(VARIABLE, text));
            return Optional.empty();
        }
    }

    private static List<String> prompts(Optional<Path> folder, PluginContext context) {
        Optional<Path> own =
                folder.map(home -> home.resolve("misc/test_prompts.txt")).filter(Files::exists);
        List<String> prompts = own.map(file -> lines(file, context)).orElse(List.of());
        return prompts.isEmpty() ? Resources.texts("test-prompts.txt") : prompts;
    }

    private static List<String> lines(Path file, PluginContext context) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            context.warning("%s cannot be read (%s); prompts of the plugin's own are used".formatted(file, unreadable));
            return List.of();
        }
    }

    private static Optional<Path> folder(Class<?> plugin) {
        CodeSource source = plugin.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
            return Optional.empty();
        }
    }
}
