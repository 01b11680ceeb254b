package dev.dray.app.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A script that runs as a process of its own.
record Run(Process process, BufferedReader errors) {
    private static final int DEADLINE_SECONDS = 60;

    /// What is left of a process.
    record Ended(int status, List<String> out, List<String> err) {}

    static Run start(List<String> arguments, Path script, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>();
        command.add("bash");
        command.add(script.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Run(process, process.errorReader());
    }

    /// Waits for a line on stderr.
    void awaitError(String part) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.contains(part)) {
                return;
            }
        }
        throw new AssertionError("ended without saying '" + part + "'");
    }

    // Both outputs are far smaller than a pipe holds, so that one can be read after the other.
    Ended end() throws IOException, InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + DEADLINE_SECONDS + " s");
        }
        try (BufferedReader out = process.inputReader()) {
            return new Ended(process.exitValue(), out.readAllLines(), errors.readAllLines());
        }
    }
}
