package dev.dray.app.cli;

import dev.dray.app.scaffold.Kit;
import dev.dray.app.scaffold.PluginProject;
import dev.dray.app.scaffold.ProjectNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a plugin project.
@Command(
        name = "new-plugin",
        description = {
            "Makes a plugin project that builds with 'mvn verify', tests green and loads: a route, its tests, settings.",
            "Needs Maven and a JDK 25 to build; Maven itself may run on an older Java."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray new-plugin my-server",
            "  dray new-plugin ~/my-plugin --id my-server --package org.mine.dray",
            "",
            "The next commands are printed, and stand in its README.md.",
            "Exit codes: 0 made, 1 could not be written, 2 bad name, or a folder that is not empty."
        })
final class NewPluginCommand implements TerminalCommand {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder to make; must be empty, or not there yet.")
    private Path directory = Path.of("");

    @Option(names = "--id", paramLabel = "ID", description = "Id of the plugin; default: the folder's name.")
    private @Nullable String id;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "Java package of its classes; default: com.example.<id>.")
    private @Nullable String packageName;

    NewPluginCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = directory.toAbsolutePath().normalize();
        var names = ProjectNames.of(
                String.valueOf(folder.getFileName()), Optional.ofNullable(id), Optional.ofNullable(packageName));
        Optional<String> mistake = names.mistake().or(() -> occupied(folder));
        if (mistake.isPresent()) {
            return refuse(mistake.get(), ExitCode.USAGE);
        }
        var kit = new Kit(Path.of(System.getProperty("dray.home", "")).resolve("kit"), VersionCommand.version());
        List<Path> missing = kit.missing();
        if (!missing.isEmpty()) {
            return refuse(
                    "found no %s; expected the jars that a packaged dray brings; build it with 'mvn verify', or unpack it anew"
                            .formatted(missing.getFirst()),
                    ExitCode.FAILED);
        }
        List<Path> files = new PluginProject(names, kit).write(folder);
        files.forEach(file -> terminal.print("  " + file));
        terminal.print("");
        terminal.print("plugin '%s' in %s; now:".formatted(names.id(), directory));
        terminal.print("  cd %s && mvn verify".formatted(directory));
        terminal.print("  dray model-server --port 18000 --log-file model.log &   # stands in for your model server");
        terminal.print("  dray run --config worker.yaml --plugins target");
        return ExitCode.DONE;
    }

    private static Optional<String> occupied(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return files.iterator().hasNext()
                    ? Optional.of("found files in %s; expected an empty folder; name another".formatted(folder))
                    : Optional.empty();
        } catch (IOException notAFolder) {
            return Optional.of("found %s, which is no folder that can be read; name another".formatted(folder));
        }
    }

    private int refuse(String message, int code) {
        terminal.say("dray new-plugin: " + message);
        return code;
    }
}
