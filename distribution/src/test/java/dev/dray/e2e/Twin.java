package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// The scripted twin of one kind of model server, with the packaged worker before it: what it logs,
/// what it answers,
/// what it is asked.
///
/// A test reads as the exchange went: log lines, ready, served, streamed, failed. A path without a
/// script is answered
/// 404, health 200. The capacity is measured, unless `world().set("capacity", …)` pins it. What passed
/// is kept in
/// order; [#keepRecord] writes it to `target/twins/`.
final class Twin implements AutoCloseable {
    private static final String HEALTH = "/health";
    private static final int SHOWN = 300;
    private static final int SAMPLES = 3;

    private final String backend;
    private final World world;
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private volatile int benchmarkCalls;
    private int lastIdx;

    private Twin(String backend, World world) {
        this.backend = backend;
        this.world = world;
    }

    /// A twin for a worker of that backend, which starts with [#start].
    ///
    /// @param folder for the log, the settings and the state; the log is `model.log` in it
    static Twin of(String backend, Path folder) throws IOException {
        var world = new World(folder, call -> call.answer(404, "{\"error\": \"no such path\"}"));
        world.set("backend", backend).unset("capacity");
        var twin = new Twin(backend, world);
        return twin.answers(HEALTH, "{}");
    }

    /// Settings, variables, platform and clients, where a test needs more than the twin shows.
    World world() {
        return world;
    }

    /// From now on a path is answered 200 with JSON.
    Twin answers(String path, String json) {
        return answers(path, 200, json);
    }

    /// From now on a path is answered JSON with any status.
    Twin answers(String path, int status, String json) {
        return plays(path, call -> call.answer(status, json));
    }

    /// From now on a path is answered 200 with these bytes.
    Twin answers(String path, String contentType, byte[] content) {
        return plays(path, call -> call.answer(200, contentType, content));
    }

    /// From now on a path streams server-sent events, each in a chunk of its own.
    Twin streams(String path, String... data) {
        return plays(path, call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            for (String one : data) {
                call.chunk("data: " + one + "\n\n");
            }
            call.lastChunk();
        });
    }

    /// From now on this is played for a path.
    Twin plays(String path, Wire.Play play) {
        world.model().on(path, play);
        return this;
    }

    /// Writes whole lines to the log.
    Twin logs(String... lines) throws IOException {
        for (String line : lines) {
            passed.add("model server logs: " + shown(line));
            world.log().append(line + "\n");
        }
        return this;
    }

    /// Starts the worker and waits until it follows the log and knows the platform's key.
    Twin start() throws IOException, InterruptedException {
        world.log().append("");
        world.start();
        world.worker().awaitLine("public key of the platform is known");
        passed.add("worker started");
        return this;
    }

    /// Waits until the worker serves. What the model server was asked before belongs to the benchmark.
    Twin awaitReady() throws InterruptedException {
        world.awaitReady();
        benchmarkCalls = asked().size();
        List<String> questions =
                benchmark().stream().map(Twin::shown).distinct().toList();
        questions.stream().limit(SAMPLES).map(one -> "benchmark asks " + one).forEach(passed::add);
        passed.add("benchmark asked %d times, %d different".formatted(benchmarkCalls, questions.size()));
        passed.add("worker is ready");
        return this;
    }

    /// What the model server was asked for the benchmark, probes left out; empty before [#awaitReady].
    List<Call> benchmark() {
        return asked().subList(0, benchmarkCalls);
    }

    /// What the model server was asked since it was ready, probes left out.
    List<Call> served() {
        List<Call> all = asked();
        return all.subList(benchmarkCalls, all.size());
    }

    /// What the model server was asked at all, probes left out, oldest first.
    List<Call> asked() {
        return world.model().calls().stream()
                .filter(call -> !call.requestLine().startsWith("GET "))
                .toList();
    }

    /// A client sends a signed request and reads the whole answer.
    Answer ask(String path, String payload) throws IOException {
        lastIdx = world.nextIdx();
        passed.add("client asks POST " + path + " " + shown(payload));
        int known = asked().size();
        Answer answer = world.post(path, world.signed(lastIdx, payload));
        asked().stream()
                .skip(known)
                .map(call -> "model server is asked " + shown(call))
                .forEach(passed::add);
        passed.add("client reads %d %s%s %s"
                .formatted(
                        answer.status(),
                        answer.header("Content-Type").orElse("(no type)"),
                        answer.complete() ? "" : " (broken off)",
                        shown(answer.text())));
        return answer;
    }

    /// What the platform was told of the last request; waits for it.
    JsonNode outcome() throws InterruptedException {
        JsonNode outcome = world.awaitOutcome(lastIdx);
        passed.add("platform is told of the request " + shown(outcome.toString()));
        return outcome;
    }

    /// Waits until the platform was told an error text that holds this.
    ///
    /// @return the report
    JsonNode awaitFailed(String text) throws InterruptedException {
        JsonNode report = world.awaitReport(
                "error '" + text + "'", one -> one.path("error_msg").asText().contains(text));
        passed.add("platform is told error_msg=" + report.path("error_msg").asText());
        return report;
    }

    /// What the worker says of itself, in lower case: `loading`, `ready`, `failed`, …
    String state() throws IOException {
        return world.status().path("state").asText().toLowerCase(Locale.ROOT);
    }

    /// Writes all that passed to `target/twins/<backend>.txt`.
    void keepRecord() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/twins"));
        Files.write(folder.resolve(backend + ".txt"), passed, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        world.close();
    }

    private static String shown(Call call) {
        return call.requestLine().replaceFirst(" HTTP/.*", "") + " " + shown(call.text());
    }

    private static String shown(String text) {
        String line = text.replace("\r", "").replace("\n", "\\n");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "… (" + line.length() + " characters)";
    }
}
