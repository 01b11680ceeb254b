package dev.dray.app.cli;

import dev.dray.app.WorkerProgram;
import dev.dray.app.WorkerSetup;
import dev.dray.app.config.Config;
import dev.dray.app.logging.LogLines;
import dev.dray.app.logging.LoggerLevels;
import dev.dray.app.logging.ModelOutput;
import dev.dray.port.outbound.WorkerEvent.PluginWrittenOff;
import dev.dray.port.outbound.WorkerEvents;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the worker until it is told to stop.
@Command(
        name = RunCommand.NAME,
        description = {
            "Runs the worker. SIGTERM drains it: nothing new is admitted, what runs is finished, exit 0.",
            "A second signal ends it at once."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray run --backend vllm",
            "  dray run --config worker.yaml --plugins /opt/my-plugins"
        })
final class RunCommand implements TerminalCommand {
    static final String NAME = "run";

    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private static final Duration LAST_REASON = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final LogLines log;
    private final AtomicReference<@Nullable WorkerProgram> running = new AtomicReference<>();

    @Mixin
    private BackendOptions options = new BackendOptions();

    RunCommand(Terminal terminal, LogLines log) {
        this.terminal = terminal;
        this.log = log;
    }

    @Override
    public Integer call() throws Exception {
        var stop = new StopOrder(this::endAtOnce);
        StopSignals.listen(signal -> stop.heard(signal, System.nanoTime()));
        Optional<WorkerSetup> setup = prepare(stop);
        while (setup.isPresent() && setup.get() instanceof WorkerSetup.Refused refused && refused.mayPass()) {
            refused.messages().forEach(terminal::say);
            refused.tell();
            setup = stop.await(TRY_AGAIN) ? Optional.empty() : prepare(stop);
        }
        if (setup.isEmpty()) {
            return ExitCode.DONE;
        }
        return switch (setup.get()) {
            case WorkerSetup.Refused refused -> {
                refused.messages().forEach(terminal::say);
                refused.tell();
                yield ExitCode.USAGE;
            }
            case WorkerSetup.Ready ready -> {
                Config config = ready.setup().config();
                log.format(config.logFormat());
                LoggerLevels.ofProcess().set(config.logLevel().word());
                ready.warnings().forEach(warning -> LOG.log(Level.WARNING, "odd settings what={0}", warning));
                yield run(ready.setup(), stop);
            }
        };
    }

    /// On a thread of its own: a plugin that does not return from its start must not keep the stop from being heard.
    ///
    /// @return empty where it was told to stop before
    private Optional<WorkerSetup> prepare(StopOrder stop) throws ExecutionException, InterruptedException {
        var prepared = new CompletableFuture<WorkerSetup>();
        Thread.ofPlatform()
                .daemon()
                .name("dray-start")
                .start(() -> prepared.completeAsync(() -> prepare(watching(stop)), Runnable::run));
        CompletableFuture.anyOf(prepared, stop.order()).get();
        return prepared.isDone() ? Optional.of(prepared.get()) : Optional.empty();
    }

    private WorkerEvents watching(StopOrder stop) {
        var progress = new ProgressLine(terminal);
        return event -> {
            progress.accept(event);
            if (event instanceof PluginWrittenOff lost && lost.last()) {
                stop.fail();
            }
        };
    }

    private WorkerSetup prepare(WorkerEvents watcher) {
        var output = new ModelOutput(terminal.errors(), log);
        return WorkerSetup.prepare(
                options.asked(),
                new WorkerSetup.Brought(
                        VersionCommand.version(), watcher, output, Optional.of(LoggerLevels.ofProcess())));
    }

    private int run(WorkerProgram.Setup setup, StopOrder stop) throws InterruptedException {
        Optional<WorkerProgram> program = WorkerProgram.start(setup, () -> stop.await(TRY_AGAIN));
        if (program.isEmpty()) {
            return ExitCode.DONE;
        }
        running.set(program.get());
        program.get().urls().forEach(terminal::print);
        if (stop.await()) {
            program.get().drain();
            return ExitCode.DONE;
        }
        // The platform is to hear why before the drain is all there is to say.
        stop.await(LAST_REASON);
        program.get().drain();
        return ExitCode.FAILED;
    }

    private void endAtOnce() {
        terminal.say("dray run: told to stop a second time; ending at once, what still runs is lost");
        // What it has started must not stay on the graphics card without it.
        WorkerProgram started = running.get();
        if (started != null) {
            started.endModelServer();
        }
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
