package dev.dray.packaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.adapter.httpserver.HttpListener;
import dev.dray.app.RealTime;
import dev.dray.app.demo.DemoClient;
import dev.dray.app.demo.DemoHouse;
import dev.dray.app.demo.DemoServers;
import dev.dray.app.demo.ModelServerScript;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes the start-up cache (JEP 483, 514, 515): the packaged worker starts, becomes ready, serves a few signed streams
/// and drains; what it loaded and what ran often is written down and laid out for the next start.
///
/// Everything is started by the package's own `bin/dray`, so that the options are those of its users.
final class Training {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int REQUESTS = 20;
    private static final int TOKENS = 4;

    private final Path folder;
    private final DemoHouse house;
    private final DemoClient client;
    private final Path log;
    private final List<Process> running = new ArrayList<>();

    private Training(Path folder, DemoHouse house, HttpClient http) {
        this.folder = folder;
        this.house = house;
        this.client = new DemoClient(http, house.controlPlaneUrl(), System::nanoTime);
        this.log = Path.of("target/training.log").toAbsolutePath();
    }

    static void run(Path folder) throws IOException, InterruptedException {
        DemoHouse house = DemoHouse.at(0);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            new Training(folder, house, http).run();
        } finally {
            house.clear();
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        house.writeConfig();
        // Here and not by commands of the package, as 'dray demo' does it: two starts less to wait for.
        try (var time = new RealTime()) {
            var servers = new DemoServers(time, time.clock(), time);
            var script = new ModelServerScript(1000, Duration.ZERO, Duration.ZERO, 0, 0, 0);
            HttpListener plane = servers.controlPlane(house.controlPlane(), line -> {});
            HttpListener model = servers.modelServer(house.model(), house.modelLog(), script, this::cannotCrash);
            observe();
            plane.close(Duration.ZERO);
            model.close(Duration.ZERO);
        } finally {
            running.forEach(Process::destroy);
        }
        // Relative names: the options are split at spaces, and there may be some in the folder's name.
        Process create = start(
                List.of("version"),
                Map.of(
                        "DRAY_JAVA_OPTIONS",
                        "-XX:AOTMode=create -XX:AOTConfiguration=seen.aotconf -XX:AOTCache=dray.aot"));
        end(create, "laying out what was seen");
        Files.move(
                house.folder().resolve("dray.aot"),
                folder.resolve("lib/dray.aot"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void cannotCrash(String reason) {
        throw new IllegalStateException("the model server of the training run was to crash: " + reason);
    }

    private void observe() throws IOException, InterruptedException {
        var environment = new HashMap<>(house.workerPlan().environment());
        environment.put("DRAY_JAVA_OPTIONS", "-XX:AOTMode=record -XX:AOTConfiguration=seen.aotconf");
        environment.put("DRAY_CAPACITY", "1000");
        Process worker = start(house.workerPlan().arguments(), environment);
        await(house.adminUrl() + "/readyz");
        for (int i = 0; i < REQUESTS; i++) {
            client.chat(route(), TOKENS, token -> {});
        }
        client.probe(house.adminUrl() + "/metrics");
        client.probe(house.adminUrl() + "/status");
        worker.toHandle().destroy();
        end(worker, "the training run");
    }

    private ObjectNode route() throws IOException, InterruptedException {
        ObjectNode authData = client.route(TOKENS);
        while (!authData.has("url")) {
            Thread.sleep(LOOK_AGAIN);
            authData = client.route(TOKENS);
        }
        return authData;
    }

    private Process start(List<String> arguments, Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(List.of(folder.resolve("bin/dray").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(house.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private void await(String url) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (client.probe(url) != 200) {
            if (System.nanoTime() - deadline > 0 || running.stream().anyMatch(process -> !process.isAlive())) {
                throw new IllegalStateException(
                        "%s did not answer 200 within %s; read %s".formatted(url, PATIENCE, log));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private void end(Process process, String what) throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("%s did not end well within %s; read %s".formatted(what, PATIENCE, log));
        }
    }
}
