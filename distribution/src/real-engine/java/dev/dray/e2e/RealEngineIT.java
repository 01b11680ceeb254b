package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged worker before llama.cpp: from its log to a benchmark, streams, load, a client that hangs up, and a
/// drain. Not part of the ordinary build; `distribution/real-engine` runs it and prints its report.
class RealEngineIT {
    private static final String COMPLETIONS = "/v1/completions";
    private static final String CHAT = "/v1/chat/completions";
    private static final int TOKENS = 200;
    private static final int MANY_TOKENS = 4_000;

    private final List<String> report = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each use
    private World world;

    @SuppressWarnings("NullAway.Init") // set before each use
    private LlamaProcess engine;

    private int enginePort;

    /// What a client saw of a stream.
    private record Stream(int tokens, double firstTokenMillis, double seconds) {}

    @Test
    void servesARealEngineFromItsLogToTheDrain(@TempDir Path folder) throws Exception {
        Path model = TinyModel.write(folder.resolve("tiny.gguf"));
        say("model     %.1f MB, written by the test: random weights, a vocabulary of words", Files.size(model) / 1e6);
        enginePort = freePort();
        world = new World(folder).unset("capacity").set("backend", "llama");
        world.set("model.url", "http://127.0.0.1:" + enginePort);
        // Its words are not the plugin's: a dataset of its own keeps prompts at the length that a user's have.
        world.handler("route: " + COMPLETIONS + ", max-queue-time: none, benchmark: {runs: 3, concurrency: 4, dataset: "
                + "[{model: tiny, prompt: bada lo ki, max_tokens: 200}]}");
        world.handler("route: " + CHAT + ", allow-parallel-requests: false, max-queue-time: none");
        try {
            becomesReady(model);
            streams();
            carriesLoad();
            queues();
            endsTheEnginesWorkWhenTheClientHangsUp();
            drains();
        } finally {
            world.close();
            if (engine != null) {
                engine.close();
            }
            String text = String.join(System.lineSeparator(), report) + System.lineSeparator();
            Files.writeString(
                    Files.createDirectories(Path.of("target/real-engine")).resolve("report.txt"), text);
        }
    }

    private void becomesReady(Path model) throws Exception {
        world.start();
        world.await(
                "worker that waits",
                () -> World.get(world.adminPort(), "/readyz").status() == 503);
        long start = System.nanoTime();
        engine = LlamaProcess.start(enginePort, model, world.log().file());
        world.await(
                "log line of a loaded model",
                () -> !engine.lines("model loaded").isEmpty());
        double loaded = since(start);
        world.awaitReady();
        say("ready     engine loaded after %.0f ms, worker READY after %.0f ms", loaded, since(start));
        JsonNode status = world.status();
        assertThat(status.path("state").asText()).isEqualTo("ready");
        JsonNode measured = status.path("benchmark");
        say(
                "capacity  %.0f units/s, %d rounds",
                measured.path("units-per-second").asDouble(),
                measured.path("rounds").size());
        assertThat(measured.path("rounds")).isNotEmpty();
    }

    private void streams() throws Exception {
        stream(enginePort, payload(TOKENS));
        Stream direct = stream(enginePort, payload(TOKENS));
        Stream through = stream(world.port(), world.signed(payload(TOKENS)));
        assertThat(through.tokens()).isEqualTo(TOKENS);
        say("direct    %s", text(direct));
        say("stream    %s", text(through));
        Answer whole = world.post(COMPLETIONS, world.signed(payload(TOKENS).replace("true", "false")));
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.json().path("usage").path("completion_tokens").asInt()).isEqualTo(TOKENS);
        say("whole     status 200, %d tokens in one JSON answer of %d bytes", TOKENS, whole.body().length);
    }

    private void carriesLoad() throws Exception {
        int clients = 12;
        long start = System.nanoTime();
        List<Stream> streams = together(clients, () -> stream(world.port(), world.signed(payload(TOKENS))));
        double seconds = since(start) / 1_000;
        assertThat(streams).allSatisfy(one -> assertThat(one.tokens()).isEqualTo(TOKENS));
        double slowest =
                streams.stream().mapToDouble(Stream::firstTokenMillis).max().orElseThrow();
        say(
                "load      %d clients at once on 4 slots: %d tokens in %.2f s, %.0f tokens/s, slowest first token %.0f ms",
                clients, clients * TOKENS, seconds, clients * TOKENS / seconds, slowest);
    }

    // One lane: the worker keeps the queue, not the engine.
    private void queues() throws Exception {
        String chat =
                "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"bada lo\"}], \"max_tokens\": 1000}";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> world.post(CHAT, world.signed(chat))));
            }
            world.await("a queue", () -> world.status().path("queued").asInt() >= 2);
            say(
                    "queue     4 clients on one lane: %s waiting at once",
                    world.status().path("queued"));
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(world.status().path("queued").asInt()).isZero();
    }

    private void endsTheEnginesWorkWhenTheClientHangsUp() throws Exception {
        int before = engine.lines("cancel task").size();
        int idx = world.nextIdx();
        long start;
        try (RawClient client = world.client()) {
            client.post(COMPLETIONS, world.signed(idx, payload(MANY_TOKENS)));
            client.head();
            for (int tokens = 0; tokens < 50; ) {
                tokens += client.line().startsWith("data: ") ? 1 : 0;
            }
            start = System.nanoTime();
            client.reset();
        }
        world.await(
                "cancelled task in the engine's log",
                () -> engine.lines("cancel task").size() > before);
        double millis = since(start);
        String task =
                engine.lines("cancel task").getLast().replaceFirst(".*id_task = ", "| task ") + " | stop processing";
        world.await(
                "released slot in the engine's log", () -> !engine.lines(task).isEmpty());
        String released = engine.lines(task).getLast();
        int generated = Integer.parseInt(released.replaceFirst(".*n_past = ([0-9]+).*", "$1"));
        assertThat(generated).isLessThan(MANY_TOKENS);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
        say(
                "cancel    seen in the engine's log %.0f ms after the client hung up, at token %d of %d",
                millis, generated, MANY_TOKENS);
        say("          %s", released);
    }

    private void drains() throws Exception {
        Stream stream = stream(world.port(), world.signed(payload(MANY_TOKENS)), token -> {
            if (token == 10) {
                world.worker().terminate();
            }
        });
        assertThat(world.worker().awaitExit()).isZero();
        assertThat(world.worker().output()).contains("draining in_flight=1");
        assertThat(stream.tokens()).isEqualTo(MANY_TOKENS);
        say("drain     SIGTERM at token 10 of a stream: all %d tokens came, exit 0", stream.tokens());
    }

    private static String payload(int tokens) {
        return "{\"model\": \"tiny\", \"prompt\": \"bada lo ki\", \"max_tokens\": " + tokens
                + ", \"temperature\": 0.8, \"stream\": true}";
    }

    private static Stream stream(int port, String body) throws IOException, InterruptedException {
        return stream(port, body, _ -> {});
    }

    /// @param onToken hears of each token, counted from 1
    private static Stream stream(int port, String body, IntConsumer onToken) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + COMPLETIONS))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long start = System.nanoTime();
            HttpResponse<java.util.stream.Stream<String>> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            int tokens = 0;
            double first = 0;
            for (String line : (Iterable<String>) answer.body()::iterator) {
                if (line.equals("data: [DONE]")) {
                    return new Stream(tokens, first, since(start) / 1_000);
                }
                if (line.startsWith("data: ")) {
                    tokens++;
                    first = tokens == 1 ? since(start) : first;
                    onToken.accept(tokens);
                }
            }
            throw new IOException("the stream ended after " + tokens + " tokens without its last event");
        }
    }

    private static <T> List<T> together(int count, Callable<T> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static String text(Stream stream) {
        return String.format(
                Locale.ROOT,
                "%d tokens in %.3f s, first token after %.1f ms, %.0f tokens/s",
                stream.tokens(),
                stream.seconds(),
                stream.firstTokenMillis(),
                stream.tokens() / stream.seconds());
    }

    @SuppressWarnings("AnnotateFormatMethod") // no dependency for one annotation
    private void say(String format, Object... arguments) {
        report.add(String.format(Locale.ROOT, format, arguments));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
