package dev.dray.app.cli;

import dev.dray.app.config.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints what may stand in `worker.yaml`.
@Command(
        name = "schema",
        description = "Prints the JSON Schema of worker.yaml, for editors and pipelines, or the reference of all keys.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray schema > worker.schema.json     then let worker.yaml begin with",
            "                                       # yaml-language-server: $schema=worker.schema.json",
            "  dray schema --markdown | less        every key: type, default, variable, meaning"
        })
final class SchemaCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(names = "--markdown", description = "Print the reference of all keys as Markdown.")
    private boolean markdown;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.part(markdown ? Reference.markdown() : Reference.schema());
        return ExitCode.DONE;
    }
}
