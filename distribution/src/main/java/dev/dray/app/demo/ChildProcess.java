package dev.dray.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Another command of this program, run as a process of its own.
///
/// What it prints, on either stream, is told line by line; its end is told once. Both on threads of this class.
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final String name;
    private final Process process;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// How to start a child.
    ///
    /// @param name        what it is called in messages
    /// @param arguments   command line of the program, for example `model-server --port 4000`
    /// @param environment variables added to this process's own
    public record Plan(String name, List<String> arguments, Map<String, String> environment) {
        public Plan {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /// Starts a child on this process's own Java, class path and options.
    ///
    /// @param mainClass entry point of the program
    /// @param line      takes the child's name and one line it printed
    /// @param ended     takes the child and its exit code
    public static ChildProcess start(
            Plan plan, String mainClass, BiConsumer<String, String> line, BiConsumer<Plan, Integer> ended)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(plan.arguments());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(plan.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Thread.ofVirtual().name("dray-child-" + plan.name()).start(() -> {
            pump(plan.name(), process, line);
            ended.accept(plan, process.onExit().join().exitValue());
        });
        return new ChildProcess(plan.name(), process);
    }

    private static void pump(String name, Process process, BiConsumer<String, String> line) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line.accept(name, text);
            }
        } catch (IOException closed) {
            line.accept(name, "output lost: " + closed.getMessage());
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// Asks the child to end and waits; kills it if it does not.
    @Override
    public void close() {
        // By the handle: the process itself would close its streams, and its last lines would be lost.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
