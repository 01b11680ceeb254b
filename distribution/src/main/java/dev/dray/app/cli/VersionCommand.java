package dev.dray.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dray.spi.Spi;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/// Says which program this is.
@Command(
        name = "version",
        description = "Prints the versions of dray, Java and the SPI.",
        mixinStandardHelpOptions = true)
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
        return new String[] {"dray " + version() + " (Java " + Runtime.version() + ", SPI " + Spi.VERSION + ")"};
    }

    @Override
    public Integer call() {
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("version", version())
                    .put("java", Runtime.version().toString())
                    .put("spi", Spi.VERSION)
                    .toString());
        } else {
            terminal.print(getVersion()[0]);
        }
        return ExitCode.DONE;
    }
}
