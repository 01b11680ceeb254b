package dev.dray.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The tarball, unpacked in a folder of a test, on a machine that seems to have no Java: the `PATH` leads to the few
/// programs that a Debian without anything has, and no variable leads anywhere.
///
/// @param home the package's folder
/// @param path the one folder on the `PATH`
record Unpacked(Path home, Path path) {
    private static final List<String> PROGRAMS = List.of("bash", "dirname", "readlink", "getconf");

    /// What is left of a process.
    record Ended(int status, String out, String err) {}

    static boolean isMade() throws IOException {
        return !tarballs().isEmpty();
    }

    static Path tarball() throws IOException {
        List<Path> found = tarballs();
        if (found.size() != 1) {
            throw new AssertionError("one tarball expected in target/, found " + found + "; run 'mvn clean verify'");
        }
        return found.getFirst();
    }

    private static List<Path> tarballs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            return files.filter(file -> file.getFileName().toString().matches("dray-.*-linux-x64\\.tar\\.gz"))
                    .toList();
        }
    }

    static Unpacked in(Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "xzf", tarball().toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new AssertionError("tar cannot unpack " + tarball());
        }
        Path path = Files.createDirectories(folder.resolve("path"));
        for (String program : PROGRAMS) {
            Files.copy(Path.of("/usr/bin", program), path.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (Stream<Path> unpacked = Files.list(folder)) {
            Path home = unpacked.filter(file -> !file.equals(path)).findFirst().orElseThrow();
            return new Unpacked(home, path);
        }
    }

    /// Starts `bin/dray` with these variables and no others.
    Process start(Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(home.resolve("bin/dray").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(path.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /// Runs it to its end. What it prints must be less than a pipe holds.
    Ended run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        return end(start(variables, arguments));
    }

    static Ended end(Process process) throws IOException, InterruptedException {
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + Patience.LIMIT);
            }
            return new Ended(
                    process.exitValue(), String.join("\n", out.readAllLines()), String.join("\n", err.readAllLines()));
        }
    }
}
