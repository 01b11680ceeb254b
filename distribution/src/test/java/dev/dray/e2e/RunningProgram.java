package dev.dray.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One process of the packaged program and all it printed so far, both streams together.
final class RunningProgram implements AutoCloseable {
    /// Long enough for the slowest machine; a test that fails waits this long, one that passes does not.
    static final Duration PATIENCE = Patience.LIMIT;

    private static final Path HOME = Path.of("target/dray").toAbsolutePath();

    private final Process process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean drained;

    private RunningProgram(Process process) {
        this.process = process;
        Thread.ofVirtual().name("program-output").start(this::pump);
    }

    /// Starts the program with the platform's variables cleared and these set instead.
    static RunningProgram start(Map<String, String> environment, String... arguments) throws IOException {
        return startUnder(List.of(), environment, arguments);
    }

    /// Starts it by another command, which has to become it: `bash -c 'ulimit …; exec "$@"' bash`.
    static RunningProgram startUnder(List<String> other, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(other);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        // A process of a test lives for seconds: it need not be fast, but it must be there soon.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-Ddray.home=" + HOME);
        command.add("-cp");
        command.add(HOME.resolve("lib") + "/*");
        command.add("dev.dray.app.cli.Main");
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> !List.of("PATH", "HOME", "LANG").contains(name));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new RunningProgram(process);
    }

    private void pump() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(output closed: " + closed.getMessage() + ")");
        } finally {
            lock.lock();
            try {
                drained = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The first line from the given one on that holds the text; waits for it.
    String awaitLine(int from, String text) throws InterruptedException {
        lock.lock();
        try {
            int next = from;
            long left = PATIENCE.toNanos();
            while (true) {
                for (; next < lines.size(); next++) {
                    if (lines.get(next).contains(text)) {
                        return lines.get(next);
                    }
                }
                if (drained || left <= 0) {
                    throw new AssertionError("no line with '%s'; the program printed:%n%s"
                            .formatted(text, String.join(System.lineSeparator(), lines)));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    String awaitLine(String text) throws InterruptedException {
        return awaitLine(0, text);
    }

    /// Whether a line from the given one on holds the text.
    boolean hasLine(int from, String text) {
        lock.lock();
        try {
            return lines.stream().skip(from).anyMatch(line -> line.contains(text));
        } finally {
            lock.unlock();
        }
    }

    /// How many lines there are now: a mark for [#awaitLine(int, String)].
    int mark() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end and for the last line.
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program did not end; it printed:%n%s".formatted(output()));
        }
        lock.lock();
        try {
            while (!drained) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        lock.lock();
        try {
            return String.join(System.lineSeparator(), lines);
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /// SIGTERM. By the handle, since the process itself would close its streams and its last lines be lost.
    void terminate() {
        process.toHandle().destroy();
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
