package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packaged worker as the platform would start it: signed requests, reports, outcomes, metrics. Its capacity is
/// given, so that no benchmark comes between the model's ready line and its readiness.
public final class Worker implements Contender, AutoCloseable {
    private static final String LOADED = "INFO 00:00:00 Application startup complete.\n";

    private final WorkerPlan plan;
    private final String modelUrl;
    private final Platform platform;
    private final Path folder;
    private final List<Integer> ports;
    private Child child;
    private long launched;

    private Worker(WorkerPlan plan, String modelUrl, Platform platform, Path parent) throws IOException {
        this.plan = plan;
        this.modelUrl = modelUrl;
        this.platform = platform;
        this.folder = Files.createTempDirectory(parent, "worker-");
        this.ports = FreePorts.find(3);
        this.child = launch();
    }

    /// Starts a worker beside a model server whose log says nothing yet.
    public static Worker launch(WorkerPlan plan, String modelUrl, Platform platform, Path folder) throws IOException {
        return new Worker(plan, modelUrl, platform, folder);
    }

    /// Starts one more of the same kind, with a platform and a model's log of its own.
    public Worker another(Platform platform) throws IOException {
        return new Worker(plan, modelUrl, platform, folder);
    }

    private Child launch() throws IOException {
        Files.deleteIfExists(modelLog());
        Files.writeString(folder.resolve("worker.yaml"), config() + plan.settings());
        var environment = new HashMap<>(Map.of(
                "CONTAINER_ID",
                "1",
                "REPORT_ADDR",
                platform.url(),
                "MASTER_TOKEN",
                "benchmark",
                "PUBLIC_IPADDR",
                "127.0.0.1",
                "WORKER_PORT",
                "" + port(),
                "VAST_TCP_PORT_" + port(),
                "" + port()));
        environment.put("OPENAI_ROUTES", "/v1/completions,/v1/chat/completions,/v1/embeddings");
        environment.putAll(plan.variables());
        launched = System.nanoTime();
        return Child.start(
                "worker",
                List.of(plan.home().resolve("bin/dray").toString(), "run", "--config", "worker.yaml"),
                environment,
                folder);
    }

    private String config() {
        return """
            backend: vllm
            capacity: 1000000000
            model: {url: "%s", log-file: model.log, name: bench}
            worker: {host: 127.0.0.1, http-port: %d}
            admin: {port: %d}
            state-dir: state
            limits: {concurrent-requests: 100000, queue: 100000, client-idle: 1h}
            sessions: {max: none}
            handlers:
              - {route: /v1/embeddings, allow-parallel-requests: false, max-queue-time: none}
            """.formatted(modelUrl, ports.get(1), ports.get(2));
    }

    private int port() {
        return ports.getFirst();
    }

    private Path modelLog() {
        return folder.resolve("model.log");
    }

    /// When it was started, of `System.nanoTime`.
    public long launched() {
        return launched;
    }

    public long awaitListening() throws IOException {
        return Readiness.listening(child, port());
    }

    /// Writes what an engine writes when it has loaded its model.
    ///
    /// @return when, of `System.nanoTime`
    public long modelIsLoaded() throws IOException {
        Path file = modelLog();
        long now = System.nanoTime();
        Files.writeString(file, LOADED);
        return now;
    }

    /// Waits until it serves signed requests.
    public void awaitReady() throws IOException {
        Readiness.answers(child, adminUrl() + "/readyz");
        Readiness.await(
                child,
                "knows the platform's key",
                () -> Files.readString(folder.resolve("worker.log")).contains("public key of the platform is known"));
    }

    public String adminUrl() {
        return "http://127.0.0.1:" + ports.get(2);
    }

    /// What its clients know it by.
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    @Override
    public ProcessUse use() throws IOException {
        return ProcessUse.of(child.handle());
    }

    @Override
    public void restart() throws IOException {
        child.close();
        child = launch();
        modelIsLoaded();
        awaitReady();
    }

    @Override
    public void close() {
        child.close();
    }
}
