package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// A packaged worker as a process, between a scripted model server and a scripted platform.
///
/// Made, then told its settings, then started. By default: plugin `demo`, a pinned capacity, a log that
/// says the model
/// is loaded, and health that is good.
final class World implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<RunningProgram> workers = new ArrayList<>();
    private final AtomicInteger lastIdx = new AtomicInteger();
    private final ScriptedPlatform platform = new ScriptedPlatform();
    private final Wire model;
    private final ModelLog log;
    private final int port;
    private final int internalPort;
    private final int adminPort;
    private String handlers = "";
    private List<String> under = List.of();

    /// A model server that answers every path 200.
    World(Path folder) throws IOException {
        this(folder, call -> call.answer(200, "{\"ok\": true}"));
    }

    /// @param otherwise played by the model server for paths without a script
    World(Path folder, Wire.Play otherwise) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.model = new Wire(otherwise);
        this.log = new ModelLog(folder.resolve("model.log"));
        List<Integer> ports = freePorts(3);
        this.port = ports.get(0);
        this.internalPort = ports.get(1);
        this.adminPort = ports.get(2);
        set("backend", "demo").set("capacity", "1000").set("state-dir", "state");
        set("model.url", model.url()).set("model.log-file", "model.log");
        set("model.health", "{path: /health, interval: 200ms, retry-interval: 50ms, time-out: 2s}");
        set("worker.host", "127.0.0.1").set("worker.http-port", "" + internalPort);
        set("admin.port", "" + adminPort);
        variable("CONTAINER_ID", "77").variable("REPORT_ADDR", platform.url()).variable("MASTER_TOKEN", "tok");
        variable("PUBLIC_IPADDR", "127.0.0.1").variable("WORKER_PORT", "" + port);
        variable("VAST_TCP_PORT_" + port, "" + port);
    }

    /// Ports that nobody has taken yet.
    static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /// Sets a key of `worker.yaml`, such as `model.keep-alive`, to a YAML value of one line.
    World set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    World unset(String key) {
        settings.remove(key);
        return this;
    }

    /// Adds an entry under `handlers`: keys and values of a YAML flow map.
    World handler(String entry) {
        handlers += "  - {" + entry + "}\n";
        return this;
    }

    /// Workers are started by this command, which becomes them.
    World under(String... command) {
        under = List.of(command);
        return this;
    }

    World variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    World withoutVariable(String name) {
        environment.remove(name);
        return this;
    }

    ScriptedPlatform platform() {
        return platform;
    }

    Wire model() {
        return model;
    }

    ModelLog log() {
        return log;
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    int internalPort() {
        return internalPort;
    }

    int adminPort() {
        return adminPort;
    }

    /// What the platform's clients know this worker by.
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// The worker that was started last.
    RunningProgram worker() {
        return workers.getLast();
    }

    /// Starts a worker with the settings as they are now.
    RunningProgram start() throws IOException {
        Path file = folder.resolve("worker.yaml");
        Files.writeString(file, yaml());
        RunningProgram worker = RunningProgram.startUnder(under, environment, "run", "--config", file.toString());
        workers.add(worker);
        return worker;
    }

    /// Starts a worker beside a model server that is loaded, and waits until it is ready.
    World ready() throws IOException, InterruptedException {
        log.append(ModelLog.LOADED);
        start();
        awaitReady();
        return this;
    }

    void awaitReady() throws InterruptedException {
        await("readiness", () -> get(adminPort, "/readyz").status() == 200);
        await("public key", () -> post("/none-such", "{}").status() == 404 && isKeyKnown());
    }

    private boolean isKeyKnown() {
        return environment.containsKey("UNSECURED")
                || worker().output().contains("public key of the platform is known");
    }

    private String yaml() {
        var text = new StringBuilder();
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot < 0) {
                text.append(key).append(": ").append(value).append('\n');
            } else {
                sections.computeIfAbsent(key.substring(0, dot), name -> new StringBuilder(name + ":\n"))
                        .append("  " + key.substring(dot + 1) + ": " + value + "\n");
            }
        });
        sections.values().forEach(text::append);
        return text + (handlers.isEmpty() ? "" : "handlers:\n" + handlers);
    }

    /// A request_idx that no other request of this world has.
    int nextIdx() {
        return lastIdx.incrementAndGet();
    }

    /// A signed request around a payload.
    String signed(int requestIdx, String payload) {
        return "{\"auth_data\": %s, \"payload\": %s, \"session_id\": null}"
                .formatted(platform.authData(requestIdx, url()), payload);
    }

    String signed(String payload) {
        return signed(nextIdx(), payload);
    }

    /// A client with a connection of its own.
    RawClient client() throws IOException {
        return RawClient.to(port);
    }

    /// Sends one request and reads the whole answer.
    Answer post(String path, String body, String... headerLines) throws IOException {
        try (RawClient client = client()) {
            return client.post(path, body, headerLines).answer();
        }
    }

    static Answer get(int port, String path) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            return client.request("GET", path, new byte[0]).answer();
        }
    }

    JsonNode status() throws IOException {
        return get(adminPort, "/status").json();
    }

    /// The outcome the platform was told of a request; waits for it.
    JsonNode awaitOutcome(int requestIdx) throws InterruptedException {
        await("outcome of " + requestIdx, () -> platform.outcome(requestIdx).isPresent());
        return platform.outcome(requestIdx).orElseThrow();
    }

    /// The first acknowledged report that fits; waits for it.
    JsonNode awaitReport(String what, Predicate<JsonNode> fits) throws InterruptedException {
        var found = new AtomicReference<JsonNode>();
        await("report with " + what, () -> {
            platform.takenReports().stream().filter(fits).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /// The n-th request that reached the model server at a path, from 1; waits for it.
    Call awaitModelCall(String path, int number) throws InterruptedException {
        await(
                "request %d at the model server's %s".formatted(number, path),
                () -> model.calls(path).size() >= number);
        return model.calls(path).get(number - 1);
    }

    /// Asks until the answer is yes.
    void await(String what, Patience.Question question) throws InterruptedException {
        if (!Patience.until(question)) {
            var printed = new StringBuilder("no " + what + "; reports: " + platform.reports());
            workers.forEach(
                    worker -> printed.append("\n-- the worker printed:\n").append(worker.output()));
            throw new AssertionError(printed);
        }
    }

    @Override
    public void close() throws IOException {
        workers.forEach(RunningProgram::close);
        model.close();
        platform.close();
    }
}
