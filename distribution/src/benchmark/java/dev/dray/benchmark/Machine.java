package dev.dray.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The machine in a few words.
final class Machine {
    private Machine() {}

    static String describe(Optional<Path> nginx) throws IOException {
        return "%d cores, %s %s, Java %s, nginx %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        nginx.isEmpty() ? "left out" : version(nginx.get()));
    }

    static String load() throws IOException {
        String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return String.join(" ", words[0], words[1], words[2]);
    }

    private static String version(Path nginx) throws IOException {
        Process process = new ProcessBuilder(nginx.toString(), "-v")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.substring(text.indexOf('/') + 1).strip();
    }
}
