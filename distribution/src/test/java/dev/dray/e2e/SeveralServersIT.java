package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight model servers behind one worker, each with a lane of its own.
class SeveralServersIT {
    private static final int SERVERS = 8;
    private static final int CAPACITY_OF_ONE = 1_000;
    private static final String PAYLOAD = "{\"input\": {\"x\": 1}}";

    private final List<Wire> models = new ArrayList<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            models.add(new Wire(call -> call.answer(200, "{\"ok\": true}")));
        }
        String urls = models.stream().map(Wire::url).collect(Collectors.joining(", ", "[", "]"));
        world = new World(folder)
                .set("model.url", urls)
                .handler("route: /draw, allow-parallel-requests: false, max-queue-time: none")
                .ready();
        world.await("all to serve", () -> serving() == SERVERS);
    }

    @AfterEach
    void stop() throws Exception {
        clients.shutdownNow();
        world.close();
        for (Wire model : models) {
            model.close();
        }
    }

    @Test
    void servesAsManySerialRequestsAtOnceAsThereAreServers() throws Exception {
        var gate = new Gate();
        List<Integer> arrived = holdAt("/draw", gate);

        List<CompletableFuture<Integer>> answers = draw(SERVERS + 1);
        world.await("eight at their servers", () -> arrived.size() == SERVERS);
        assertThat(arrived).as("each at another server").doesNotHaveDuplicates();
        world.await("the ninth waits", () -> world.status().path("queued").asInt() == 1);
        assertThat(servers()).allMatch(server -> server.path("running").asInt() == 1);

        gate.open();
        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertThat(arrived).hasSize(SERVERS + 1);
    }

    @Test
    void takesADeadServerOutAndBackInAndTellsTheCapacityAtOnce() throws Exception {
        world.awaitReport("all", report -> report.path("max_perf").asInt() == SERVERS * CAPACITY_OF_ONE);

        models.get(3).stop();

        world.awaitReport("one less", report -> report.path("max_perf").asInt() == 7 * CAPACITY_OF_ONE);
        assertThat(metric("dray_model_up{server=\"3\"} 0.0")).isTrue();
        assertThat(metric("dray_model_up{server=\"4\"} 1.0")).isTrue();
        assertThat(metric("dray_capacity_units_per_second 7000.0")).isTrue();
        assertThat(servers().get(3).path("alive").asBoolean()).isFalse();
        assertThat(servers().get(3).path("state").asText()).isEqualTo("unhealthy");
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(200);
        var gate = new Gate();
        List<Integer> arrived = holdAt("/draw", gate);
        List<CompletableFuture<Integer>> answers = draw(SERVERS);
        world.await("seven at their servers", () -> arrived.size() == SERVERS - 1);
        assertThat(arrived).doesNotContain(3).doesNotHaveDuplicates();
        gate.open();
        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        }

        int before = world.platform().takenReports().size();
        models.get(3).restart();

        world.await(
                "report with all of them",
                () -> world.platform().takenReports().stream()
                        .skip(before)
                        .anyMatch(report -> report.path("max_perf").asInt() == SERVERS * CAPACITY_OF_ONE));
        assertThat(serving()).isEqualTo(SERVERS);
    }

    @Test
    void isUnhealthyOnlyOnceAllAreDown() throws Exception {
        for (Wire model : models) {
            model.stop();
        }

        JsonNode report = world.awaitReport(
                "error", one -> !one.path("error_msg").asText().isEmpty());
        assertThat(report.path("error_msg").asText())
                .startsWith("model server 0 at " + models.getFirst().url());

        models.get(5).restart();
        world.await("readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);
        assertThat(world.post("/draw", world.signed(PAYLOAD)).status()).isEqualTo(200);
        assertThat(models.get(5).calls("/draw")).hasSize(1);
    }

    @Test
    void keepsTheRequestsOfASessionOnOneServer() throws Exception {
        String session = world.post("/session/create", world.signed("{}"))
                .json()
                .path("session_id")
                .asText();
        for (int i = 0; i < 4; i++) {
            String body = "{\"payload\": %s, \"auth_data\": %s, \"session_id\": \"%s\"}"
                    .formatted(PAYLOAD, world.platform().authData(world.nextIdx(), world.url()), session);
            assertThat(world.post("/draw", body).status()).isEqualTo(200);
            // Others keep the least-loaded choice on the move.
            assertThat(world.post("/draw", world.signed(PAYLOAD)).status()).isEqualTo(200);
        }

        List<Integer> counts =
                models.stream().map(model -> model.calls("/draw").size()).toList();
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(8);
        assertThat(counts).anyMatch(count -> count >= 4);
    }

    /// Every server answers this path once the gate is open.
    ///
    /// @return grows by the number of the server at each arrival
    private List<Integer> holdAt(String path, Gate gate) {
        var arrived = new CopyOnWriteArrayList<Integer>();
        for (int i = 0; i < SERVERS; i++) {
            int server = i;
            models.get(i).on(path, call -> {
                arrived.add(server);
                if (call.hold(gate)) {
                    call.answer(200, "{\"ok\": true}");
                }
            });
        }
        return arrived;
    }

    private List<CompletableFuture<Integer>> draw(int count) {
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < count; i++) {
            var answer = new CompletableFuture<Integer>();
            clients.execute(() -> {
                try {
                    answer.complete(world.post("/draw", world.signed(PAYLOAD)).status());
                } catch (Exception fault) {
                    answer.completeExceptionally(fault);
                }
            });
            answers.add(answer);
        }
        return answers;
    }

    private List<JsonNode> servers() throws IOException {
        var servers = new ArrayList<JsonNode>();
        world.status().path("model-servers").forEach(servers::add);
        return servers;
    }

    private long serving() throws IOException {
        long alive = 0;
        for (JsonNode server : world.status().path("model-servers")) {
            alive += server.path("alive").asBoolean() ? 1 : 0;
        }
        return alive;
    }

    private boolean metric(String line) throws IOException {
        return World.get(world.adminPort(), "/metrics").text().lines().anyMatch(line::equals);
    }
}
