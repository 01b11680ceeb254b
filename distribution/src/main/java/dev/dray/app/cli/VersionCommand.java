package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.PluginFolders;
import dev.dray.spi.Spi;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/// Says which program this is.
@Command(
        name = "version",
        description = "Prints the versions of dray, Java and the SPI, and when it was built.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  dray version", "  dray version --json | jq -r .version"})
final class VersionCommand implements TerminalCommand, IVersionProvider {
    private final Terminal terminal;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The version of the distribution's jar; `development` where the classes come from a folder.
    static String version() {
        return Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "dray " + version() + " (Java " + Runtime.version() + ", SPI " + Spi.VERSION
                    + built().map(when -> ", built " + when).orElse("") + ")"
        };
    }

    // The launcher compares its sources with this file, so it is there and right.
    private static Optional<String> built() {
        try {
            return Optional.of(Files.readString(PluginFolders.home().resolve("build-stamp"))
                    .strip());
        } catch (IOException notPackaged) {
            return Optional.empty();
        }
    }

    @Override
    public Integer call() {
        if (json) {
            ObjectNode versions = JsonNodeFactory.instance
                    .objectNode()
                    .put("version", version())
                    .put("java", Runtime.version().toString())
                    .put("spi", Spi.VERSION);
            built().ifPresent(when -> versions.put("built", when));
            terminal.print(versions.toString());
        } else {
            terminal.print(getVersion()[0]);
        }
        return ExitCode.DONE;
    }
}
