package dev.dray.benchmark.stand;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fast model server as a process of its own, so that its work is not counted with anybody else's. It ends with
/// this process: its standard input does.
public final class ModelProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ModelProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it and waits until it listens.
    ///
    /// @param mainClass takes the arguments `model --port N` and prints the port it listens on
    /// @param port      0: any free one
    public static ModelProcess start(String mainClass, int port) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(mainClass, "model", "--port", "" + port));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the model server ended before it listened; its error is above");
        }
        return new ModelProcess(process, Integer.parseInt(line));
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Which idle streams were closed by the other side since the last call, and when, of `System.nanoTime`.
    public Map<Integer, Long> gone() throws IOException {
        var gone = new HashMap<Integer, Long>();
        try (var in = URI.create(url() + "/gone").toURL().openStream()) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                String[] words = line.split(" ", -1);
                gone.put(Integer.valueOf(words[0]), Long.valueOf(words[1]));
            });
        }
        return gone;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
