package dev.dray.app.cli;

import dev.dray.app.logging.LastingLogManager;
import dev.dray.app.logging.LogLines;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Entry point of the program.
@Command(
        name = "dray",
        description = "The worker that makes any model server fit for a serverless GPU pool.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            PluginsCommand.class,
            NewPluginCommand.class,
            ControlPlaneCommand.class,
            ModelServerCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  dray demo --once                     see it work, from start to streamed tokens",
            "  dray run --backend vllm              a worker in front of vLLM on port 18000",
            "  dray run --config worker.yaml        the same, with a configuration file",
            "  dray check --config worker.yaml      its mistakes, or every setting and route as they take effect",
            "  dray plugins                         which backends there are",
            "  dray new-plugin my-plugin            a backend of your own: a project that builds",
            "",
            "Exit codes: 0 done, 1 failed at run time, 2 bad usage or configuration."
        })
final class Main implements Runnable {
    private static final int USAGE_WIDTH = 110;
    private static final long HOOKS_LIMIT_NANOS = 5_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] arguments) {
        // Read when the first logger is made, so it comes before all else; naming the class does not load it.
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        Terminal terminal = Terminal.ofProcess();
        LogLines log = LogLines.install(terminal::say);
        int code = commandLine(terminal, log).execute(arguments);
        endSoon(code);
        System.exit(code);
    }

    // A shutdown hook that never returns, of a plugin for instance, would keep the process for ever.
    private static void endSoon(int code) {
        Thread.ofPlatform().daemon().name("dray-end").start(() -> {
            LockSupport.parkNanos(HOOKS_LIMIT_NANOS);
            Runtime.getRuntime().halt(code);
        });
    }

    private static CommandLine commandLine(Terminal terminal, LogLines log) {
        CommandLine line = new CommandLine(new Main(), new CommandParts(terminal, log));
        line.setUsageHelpWidth(USAGE_WIDTH);
        line.setExecutionExceptionHandler((fault, command, arguments) -> {
            terminal.say("dray %s: %s".formatted(command.getCommandName(), describe(fault)));
            return ExitCode.FAILED;
        });
        return line;
    }

    private static String describe(Exception fault) {
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }
}
