package dev.dray.app.cli;

import dev.dray.app.WorkerProgram;
import dev.dray.app.WorkerSetup;
import dev.dray.app.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the worker until it is told to stop.
@Command(
        name = "run",
        description = "Runs the worker. SIGTERM drains it: nothing new is admitted, what runs is finished, exit 0.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray run --backend vllm",
            "  dray run --config worker.yaml --plugins /opt/my-plugins"
        })
final class RunCommand implements TerminalCommand {
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "worker.yaml; without one: environment and defaults.")
    private @Nullable Path config;

    @Option(names = "--backend", paramLabel = "ID", description = "Plugin id; wins over the file and $BACKEND.")
    private @Nullable String backend;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "More plugins, beside the shipped ones; may be repeated.")
    private List<Path> plugins = List.of();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        var watcher = new ProgressLine(terminal);
        var asked = new WorkerSetup.Asked(Optional.ofNullable(config), Optional.ofNullable(backend), plugins);
        return switch (WorkerSetup.prepare(asked, VersionCommand.version(), watcher)) {
            case WorkerSetup.Refused refused -> {
                refused.messages().forEach(terminal::say);
                yield ExitCode.USAGE;
            }
            case WorkerSetup.Ready ready -> {
                ready.warnings().forEach(warning -> terminal.say("warning: " + warning));
                LogLines.level(level(ready.setup().config().logLevel()));
                yield run(ready.setup());
            }
        };
    }

    private int run(WorkerProgram.Setup setup) throws InterruptedException {
        WorkerProgram program = WorkerProgram.start(setup);
        program.urls().forEach(terminal::print);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(program), "dray-drain"));
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    // A process that ends by a signal would exit with the signal's code; a drained worker has done what it was asked:
    // exit 0.
    private void drain(WorkerProgram program) {
        try {
            program.drain();
            Runtime.getRuntime().halt(ExitCode.DONE);
        } catch (InterruptedException | RuntimeException fault) {
            terminal.say("dray run: the drain was broken off: " + fault);
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }

    private static Level level(Config.LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }
}
