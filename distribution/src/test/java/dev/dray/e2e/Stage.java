package dev.dray.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A worker between a model server and a control plane, each a process of the packaged program.
final class Stage implements AutoCloseable {
    private final Path folder;
    private final List<Integer> ports;
    private final List<RunningProgram> programs = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Stage(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /// Chooses ports and writes the worker's configuration; starts nothing.
    ///
    /// @param extraConfig lines added to `worker.yaml`
    static Stage in(Path folder, String extraConfig) throws IOException {
        var stage = new Stage(folder, freePorts(5));
        Files.writeString(folder.resolve("worker.yaml"), """
                backend: vllm
                model:
                  url: http://127.0.0.1:%d
                  log-file: model.log
                  name: demo
                worker:
                  host: 127.0.0.1
                  http-port: %d
                admin:
                  port: %d
                state-dir: state
                %s
                """.formatted(
                        stage.ports.get(3), stage.ports.get(1), stage.ports.get(2), extraConfig));
        return stage;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    RunningProgram startModelServer(String... options) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("model-server", "--port", "" + ports.get(3), "--log-file"));
        arguments.add(modelLog().toString());
        arguments.addAll(List.of("--load-time", "100", "--first-token", "10"));
        arguments.addAll(List.of(options));
        RunningProgram program = start(Map.of(), arguments);
        program.awaitLine("model server");
        return program;
    }

    RunningProgram startControlPlane() throws IOException, InterruptedException {
        RunningProgram program = start(Map.of(), List.of("control-plane", "--port", "" + ports.get(4)));
        program.awaitLine("control plane");
        return program;
    }

    RunningProgram startWorker() throws IOException {
        return start(
                Map.of(
                        "CONTAINER_ID",
                        "7",
                        "REPORT_ADDR",
                        controlPlane(),
                        "MASTER_TOKEN",
                        "token",
                        "PUBLIC_IPADDR",
                        "127.0.0.1",
                        "WORKER_PORT",
                        "" + ports.get(0),
                        "VAST_TCP_PORT_" + ports.get(0),
                        "" + ports.get(0)),
                List.of("run", "--config", folder.resolve("worker.yaml").toString()));
    }

    private RunningProgram start(Map<String, String> environment, List<String> arguments) throws IOException {
        RunningProgram program = RunningProgram.start(environment, arguments.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    Path modelLog() {
        return folder.resolve("model.log");
    }

    int workerPort() {
        return ports.get(0);
    }

    String worker() {
        return "http://127.0.0.1:" + ports.get(0);
    }

    String admin() {
        return "http://127.0.0.1:" + ports.get(2);
    }

    String controlPlane() {
        return "http://127.0.0.1:" + ports.get(4);
    }

    HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(RunningProgram.PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(RunningProgram.PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// What the control plane signs for a client, as JSON.
    String authData() throws IOException, InterruptedException {
        String[] answer = {""};
        await("a signed route", () -> {
            answer[0] = post(controlPlane() + "/route/", "{\"endpoint\": \"local\", \"cost\": 1, \"request_idx\": 0}")
                    .body();
            return answer[0].contains("\"signature\"");
        });
        return answer[0];
    }

    /// A signed request around a payload.
    String signed(String payload) throws IOException, InterruptedException {
        return "{\"auth_data\": %s, \"payload\": %s}".formatted(authData(), payload);
    }

    void awaitReady() throws InterruptedException {
        await("readiness", () -> get(admin() + "/readyz").statusCode() == 200);
    }

    /// Asks until the answer is yes; nobody listening counts as no.
    void await(String what, Patience.Question question) throws InterruptedException {
        if (Patience.until(question)) {
            return;
        }
        var printed = new StringBuilder("no " + what + "; the programs printed:");
        programs.forEach(program -> printed.append(System.lineSeparator())
                .append("--")
                .append(System.lineSeparator())
                .append(program.output()));
        throw new AssertionError(printed);
    }

    @Override
    public void close() {
        programs.forEach(RunningProgram::close);
        http.close();
    }
}
