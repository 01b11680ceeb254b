package dev.dray.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// [LlamaServer] as a process of its own, and its log.
final class LlamaProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LlamaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static LlamaProcess start(int port, Path modelFile, Path log) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LlamaServer.class.getName(),
                        Integer.toString(port),
                        modelFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new LlamaProcess(process, log);
    }

    /// Lines of the log that hold a text.
    List<String> lines(String text) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
