package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model server, a process of its own, that is killed in each of the states it can be in, and started again.
class KilledModelServerIT {
    private static final String PATH = "/v1/completions";
    private static final String LONG =
            "{\"model\": \"demo\", \"prompt\": \"x\", \"max_tokens\": 10000, \"stream\": true}";
    private static final String SHORT = "{\"model\": \"demo\", \"prompt\": \"x\", \"max_tokens\": 2}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final List<RunningProgram> models = new ArrayList<>();

    @BeforeEach
    void build() throws Exception {
        // The scripted model server only keeps a port that nobody else has.
        world = new World(folder).set("backend", "vllm").set("model.name", "demo");
        world.model().stop();
    }

    @AfterEach
    void stop() throws Exception {
        models.forEach(RunningProgram::close);
        world.close();
    }

    private RunningProgram model(String... options) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(
                List.of("model-server", "--port", "" + world.model().port(), "--log-file"));
        arguments.add(world.log().file().toString());
        arguments.addAll(List.of(options));
        RunningProgram model = RunningProgram.start(Map.of(), arguments.toArray(String[]::new));
        models.add(model);
        model.awaitLine("model server");
        return model;
    }

    private static void kill(RunningProgram model) throws InterruptedException {
        model.kill();
        model.awaitExit();
    }

    private void awaitState(String state) throws InterruptedException {
        world.await(
                "state " + state, () -> world.status().path("state").asText().equals(state));
    }

    private RawClient ask(int idx, String payload) throws IOException {
        return world.client().post(PATH, world.signed(idx, payload));
    }

    private void assertServes() throws Exception {
        int idx = world.nextIdx();
        world.await("a good answer", () -> world.post(PATH, world.signed(SHORT)).status() == 200);
        assertThat(world.post(PATH, world.signed(idx, SHORT)).status()).isEqualTo(200);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
    }

    @Test
    void becomesReadyAfterItWasKilledWhileLoadingAndWhileMeasured() throws Exception {
        world.unset("capacity");
        RunningProgram loading = model("--load-time", "600000");
        world.start();
        awaitState("loading");
        kill(loading);
        RunningProgram measured = model("--load-time", "10", "--first-token", "600000");
        awaitState("benchmarking");

        kill(measured);

        // Nobody answers the benchmark: it fails and says why.
        awaitState("failed");
        assertThat(world.status().path("reason").asText()).isNotBlank();
        JsonNode told = world.awaitReport(
                "the failure", report -> !report.path("error_msg").asText().isEmpty());
        assertThat(told.path("max_perf").asDouble()).isZero();
        model("--load-time", "10", "--first-token", "1", "--tokens-per-second", "20000");
        awaitState("ready");
        assertServes();
    }

    @Test
    void refusesWhileItIsGoneAndServesWhenItIsBack() throws Exception {
        RunningProgram idle = model("--load-time", "10");
        world.start();
        world.awaitReady();

        kill(idle);

        awaitState("unhealthy");
        int lost = world.nextIdx();
        Answer answer = world.post(PATH, world.signed(lost, SHORT));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("model");
        assertThat(world.awaitOutcome(lost).path("status").asText()).isEqualTo("Error");
        model("--load-time", "10");
        awaitState("ready");
        assertServes();
    }

    @Test
    void breaksStreamsOffThatItWasKilledIn() throws Exception {
        RunningProgram streaming = model("--load-time", "10", "--tokens-per-second", "200");
        world.start();
        world.awaitReady();
        List<Integer> asked = List.of(world.nextIdx(), world.nextIdx(), world.nextIdx());
        List<RawClient> clients = new ArrayList<>();
        for (int idx : asked) {
            clients.add(ask(idx, LONG));
        }
        for (RawClient client : clients) {
            client.readUntil("data: ");
        }

        kill(streaming);

        for (RawClient client : clients) {
            assertThat(client.rest()).doesNotContain("[DONE]").doesNotContain("\r\n0\r\n\r\n");
            client.close();
        }
        for (int idx : asked) {
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
        }
        model("--load-time", "10");
        assertServes();
    }

    @Test
    void answersEveryoneInAFullQueue() throws Exception {
        world.set("limits.queue", "4");
        world.handler("route: " + PATH + ", allow-parallel-requests: false, max-queue-time: none");
        RunningProgram busy = model("--load-time", "10", "--slots", "1");
        world.start();
        world.awaitReady();
        List<Integer> asked = new ArrayList<>();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(world.nextIdx());
            clients.add(ask(asked.get(i), LONG));
            int behind = i;
            world.await(
                    "a place in the queue", () -> world.status().path("queued").asInt() == behind);
        }
        int shed = world.nextIdx();
        assertThat(world.post(PATH, world.signed(shed, SHORT)).status()).isEqualTo(429);
        clients.getFirst().readUntil("data: ");

        kill(busy);

        assertThat(clients.getFirst().rest()).doesNotContain("[DONE]");
        for (RawClient waiting : clients.subList(1, clients.size())) {
            assertThat(waiting.answer().status()).isEqualTo(502);
            waiting.close();
        }
        for (int idx : asked) {
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
        }
        assertThat(world.awaitOutcome(shed).path("status").asText()).isEqualTo("Rejected");
        assertThat(world.platform().outcomes()).hasSize(asked.size() + 1);
        model("--load-time", "10");
        assertServes();
    }
}
