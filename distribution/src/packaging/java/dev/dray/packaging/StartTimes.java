package dev.dray.packaging;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Measures starts of a packaged worker side by side: from exec to listening, from exec to the first report, and what
/// it holds in memory then. The kinds take turns, so that a noisy machine is noisy for all of them.
///
/// Arguments: folder of an unpacked package, rounds, folder of a JDK 25.
public final class StartTimes {
    private static final int PATIENCE_SECONDS = 60;

    private final Path home;
    private final Path folder;
    private final AtomicReference<CompletableFuture<Long>> report = new AtomicReference<>(new CompletableFuture<>());

    private StartTimes(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /// One start in figures; times in milliseconds, memory in MiB: resident, and of that what no file gives.
    private record Start(double listening, double report, double resident, double own) {}

    static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dray-start-times-");
        var times = new StartTimes(Path.of(arguments[0]).toAbsolutePath(), folder);
        Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
        kinds.put("start-up cache", Map.of());
        kinds.put("plain, package's runtime", Map.of("DRAY_JAVA_OPTIONS", "-Xshare:auto"));
        kinds.put("plain, whole JDK", Map.of("DRAY_JAVA_HOME", arguments[2]));
        var starts = new LinkedHashMap<String, List<Start>>();
        HttpServer platform = times.platform();
        try {
            for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
                for (Map.Entry<String, Map<String, String>> kind : kinds.entrySet()) {
                    starts.computeIfAbsent(kind.getKey(), name -> new ArrayList<>())
                            .add(times.start(platform.getAddress().getPort(), kind.getValue()));
                }
            }
        } finally {
            platform.stop(0);
        }
        System.out.println("medians of " + arguments[1] + " starts each, taking turns");
        System.out.printf(
                "%-26s %12s %14s %12s %12s%n", "", "listening ms", "first rep. ms", "resident MiB", "own MiB");
        starts.forEach((kind, all) -> System.out.printf(
                "%-26s %12.0f %14.0f %12.1f %12.1f%n",
                kind,
                median(all.stream().map(Start::listening).toList()),
                median(all.stream().map(Start::report).toList()),
                median(all.stream().map(Start::resident).toList()),
                median(all.stream().map(Start::own).toList())));
    }

    private HttpServer platform() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().startsWith("/worker_status/")) {
                report.get().complete(System.nanoTime());
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Start start(int platformPort, Map<String, String> variables)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        int port = freePort();
        Path config = Files.writeString(folder.resolve("worker.yaml"), """
            backend: vllm
            model: {url: "http://127.0.0.1:9", log-file: model.log}
            worker: {host: 127.0.0.1, http-port: 0}
            admin: {port: 0}
            state-dir: state
            """);
        var environment = new HashMap<>(variables);
        environment.putAll(Map.of(
                "CONTAINER_ID",
                "1",
                "REPORT_ADDR",
                "http://127.0.0.1:" + platformPort,
                "PUBLIC_IPADDR",
                "127.0.0.1",
                "WORKER_PORT",
                "" + port,
                "VAST_TCP_PORT_" + port,
                "" + port));
        var builder = new ProcessBuilder(home.resolve("bin/dray").toString(), "run", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        report.set(new CompletableFuture<>());
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            double listening = (awaitListening(port, process) - began) / 1e6;
            double reported = (report.get().get(PATIENCE_SECONDS, TimeUnit.SECONDS) - began) / 1e6;
            return new Start(listening, reported, memory(process, "VmRSS"), memory(process, "RssAnon"));
        } finally {
            process.toHandle().destroy();
            process.waitFor();
        }
    }

    private long awaitListening(int port, Process process) throws InterruptedException, IOException {
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return System.nanoTime();
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException("the worker ended: " + Files.readString(folder.resolve("log")), notYet);
                }
                Thread.sleep(1);
            }
        }
    }

    private static double memory(Process process, String row) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(row + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
