package dev.dray.app.cli;

import dev.dray.app.config.NearestKey;
import dev.dray.app.logging.LastingLogManager;
import dev.dray.app.logging.LogLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Entry point of the program.
@Command(
        name = "dray",
        description = "The worker that makes any model server fit for a serverless GPU pool.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        footer = {
            "",
            "Examples:",
            "  dray demo --once                     see it work, from start to streamed tokens",
            "  dray run --backend vllm              a worker in front of vLLM on port 18000",
            "  dray run --config worker.yaml        the same, with a configuration file",
            "  dray check --config worker.yaml      its mistakes, or every setting and route as they take effect",
            "  dray bench --backend vllm            what a model server carries, and which settings follow from it",
            "  dray plugins                         which backends there are",
            "  dray simulate --rate 5 --capacity 800   how long requests would wait",
            "  dray new-plugin my-plugin            a backend of your own: a project that builds",
            "  source <(dray completion bash)       completion for this shell; zsh: dray completion --help",
            "",
            "Exit codes: 0 done, 1 failed at run time, 2 bad usage or configuration."
        })
final class Main implements Runnable {
    // In the order of the help.
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            BenchCommand.class,
            PluginsCommand.class,
            NewPluginCommand.class,
            ControlPlaneCommand.class,
            ModelServerCommand.class,
            SimulateCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class);
    private static final int USAGE_WIDTH = 110;
    private static final long HOOKS_LIMIT_NANOS = 5_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls run
    private CommandSpec spec;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            converter = Colours.Reader.class,
            completionCandidates = Colours.Words.class,
            description = "Colours of help and errors: auto (on a terminal, unless $NO_COLOR is set), always, never.")
    @SuppressWarnings("UnusedVariable") // stands here for help and completion; Colours.asked has read it already
    private Colours colours = Colours.AUTO;

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
        CommandLine line = commandLine(terminal, log, commands(arguments));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Colours.asked(arguments, System.getenv())));
        int code = outcome(terminal, line.execute(arguments));
        endSoon(code);
        System.exit(code);
    }

    private static int outcome(Terminal terminal, int code) {
        Optional<String> lost = terminal.lost();
        lost.ifPresent(why -> terminal.say("dray: standard output could not be written: " + why
                + "; free its disk, or send the output elsewhere"));
        return lost.isPresent() && code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    // A shutdown hook that never returns, of a plugin for instance, would keep the process for ever.
    private static void endSoon(int code) {
        Thread.ofPlatform().daemon().name("dray-end").start(() -> {
            LockSupport.parkNanos(HOOKS_LIMIT_NANOS);
            Runtime.getRuntime().halt(code);
        });
    }

    /// The worker's start does without the other commands: to read what they all say of themselves took a fifth of it.
    private static List<Class<?>> commands(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(RunCommand.NAME) ? List.of(RunCommand.class) : COMMANDS;
    }

    private static CommandLine commandLine(Terminal terminal, LogLines log, List<Class<?>> commands) {
        var parts = new CommandParts(terminal, log);
        CommandLine line = new CommandLine(new Main(), parts);
        commands.forEach(command -> line.addSubcommand(new CommandLine(command, parts)));
        line.setUsageHelpWidth(USAGE_WIDTH);
        line.registerConverter(int.class, Main::wholeNumber);
        Optional.ofNullable(line.getSubcommands().get("help")).ifPresent(Main::teach);
        line.setOut(new PrintWriter(terminal.results(), true, System.out.charset()));
        line.setExecutionExceptionHandler((fault, command, arguments) -> {
            terminal.say(error(
                    command, "%s: %s".formatted(command.getCommandSpec().qualifiedName(), Faults.described(fault))));
            return ExitCode.FAILED;
        });
        line.setParameterExceptionHandler((fault, arguments) -> {
            terminal.say(refusal(fault));
            return ExitCode.USAGE;
        });
        return line;
    }

    // picocli brings this command, without an example.
    private static void teach(CommandLine help) {
        help.getCommandSpec()
                .usageMessage()
                .footer(
                        "",
                        "Examples:",
                        "  dray help                            all commands",
                        "  dray help run                        as 'dray run --help'");
    }

    // picocli's own word for it is 'int'.
    private static Integer wholeNumber(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("'" + value + "', expected a whole number");
        }
    }

    private static String refusal(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        var text = new StringWriter();
        var lines = new PrintWriter(text);
        lines.println(error(command, name + ": " + fault.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(fault, lines)) {
            nearestCommand(fault).ifPresent(near -> lines.println("Did you mean: " + name + " " + near + "?"));
        }
        lines.print("'" + name + " --help' shows what there is, with examples");
        return text.toString();
    }

    // picocli finds no likeness between short words.
    private static Optional<String> nearestCommand(ParameterException fault) {
        List<String> commands =
                List.copyOf(fault.getCommandLine().getSubcommands().keySet());
        return fault instanceof UnmatchedArgumentException unmatched
                ? NearestKey.among(commands, unmatched.getUnmatched().getFirst())
                : Optional.empty();
    }

    private static String error(CommandLine command, String text) {
        return command.getColorScheme().errorText(text).toString();
    }
}
