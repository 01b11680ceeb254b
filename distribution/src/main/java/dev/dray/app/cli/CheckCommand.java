package dev.dray.app.cli;

import dev.dray.app.inspect.CheckReport;
import dev.dray.app.inspect.CheckText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Looks at settings and plugin without running a worker.
@Command(
        name = "check",
        description = {
            "Reads the configuration and starts the plugin as 'dray run' would, but serves nothing.",
            "Prints every setting with where it comes from, then each route: its queue, limits, price and benchmark.",
            "Secrets are not shown."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray check --config worker.yaml",
            "  dray check --backend vllm --json",
            "  dray check --config worker.yaml >/dev/null && dray run --config worker.yaml",
            "",
            "Needs none of the platform's variables; where 'dray run' would miss one, a warning says so.",
            "Exit codes: 0 a worker can be built from it, 2 it cannot; every problem is listed."
        })
final class CheckCommand implements TerminalCommand {
    private final Terminal terminal;

    @Mixin
    private BackendOptions backend = new BackendOptions();

    @Option(names = "--json", description = "Print one JSON object, problems and warnings included.")
    private boolean json;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // What a plugin prints is no result.
        System.setOut(System.err);
        CheckReport report = CheckReport.of(backend.asked(), System.getenv());
        if (json) {
            terminal.print(CheckText.json(report));
        } else {
            CheckText.lines(report).forEach(terminal::print);
            report.warnings().forEach(warning -> terminal.say("warning: " + warning));
            report.problems().forEach(terminal::say);
        }
        return report.problems().isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
    }
}
