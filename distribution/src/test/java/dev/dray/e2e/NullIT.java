package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.9: no model server; a session or a reservation takes the worker, the control port gives
/// it back.
class NullIT {
    private static final String NO_SESSION = "{\"released\": false, \"reason\": \"no active session\"}";

    private static World world(Path folder, int control) throws IOException {
        return new World(folder)
                .set("backend", "null")
                .unset("capacity")
                .unset("model.url")
                .unset("model.log-file")
                .set("model.health", "{interval: 50ms, retry-interval: 50ms}")
                .variable("NULL_CONTROL_PORT", "" + control);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Answer release(int control) throws IOException {
        try (RawClient client = RawClient.to(control)) {
            return client.post("/release", "").answer();
        }
    }

    private static Answer create(World world, int idx) throws IOException {
        String auth = world.platform().authData(idx, world.url());
        return world.post(
                "/session/create",
                "{\"auth_data\": %s, \"payload\": {\"lifetime\": 600}, \"session_id\": null}".formatted(auth));
    }

    @Test
    void isTakenByASessionAndReleasedAtTheControlPort(@TempDir Path folder) throws Exception {
        int control = freePort();
        try (World world = world(folder, control)) {
            world.start();
            world.awaitReady();
            assertThat(world.worker().output()).contains("control        http://127.0.0.1:" + control);
            assertThat(World.get(control, "/health").text()).isEqualTo("ok");
            JsonNode ready =
                    world.awaitReport("readiness", one -> one.path("loadtime").asDouble() > 0);
            assertThat(ready.path("max_perf").asDouble()).isEqualTo(100);
            assertThat(release(control).text()).isEqualTo(NO_SESSION);

            int idx = world.nextIdx();
            Answer created = create(world, idx);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String id = created.json().path("session_id").asText();
            assertThat(create(world, world.nextIdx()).status())
                    .as("a second one")
                    .isEqualTo(429);
            String inside = world.signed("{}").replace("\"session_id\": null", "\"session_id\": \"" + id + "\"");
            assertThat(world.post("/ping", inside).text()).isEqualTo("{\"result\": {\"ok\": true}}");

            Answer released = release(control);
            assertThat(released.status()).isEqualTo(200);
            assertThat(released.header("Content-Type").orElse("")).startsWith("application/json");
            assertThat(released.text()).isEqualTo("{\"released\": true, \"session_ids\": [\"" + id + "\"]}");
            assertThat(world.post("/ping", inside).status())
                    .as("in a session that is gone")
                    .isEqualTo(410);
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
            assertThat(release(control).text()).isEqualTo(NO_SESSION);
            assertThat(create(world, world.nextIdx()).status()).as("free again").isEqualTo(201);
        }
    }

    @Test
    void isTakenByARequestAndReleasedAtTheControlPort(@TempDir Path folder) throws Exception {
        int control = freePort();
        try (World world = world(folder, control)) {
            world.start();
            world.awaitReady();
            int idx = world.nextIdx();
            var held = new FutureTask<>(() -> world.post("/reserve", world.signed(idx, "{\"duration\": 900}")));
            Thread.ofVirtual().start(held);
            world.await("reservation", () -> world.status().path("in-flight").asInt() == 1);
            assertThat(world.post("/reserve", world.signed("{}")).status()).isEqualTo(429);

            world.await("release", () -> release(control).text().equals("{\"released\": true}"));

            assertThat(held.get().text())
                    .isEqualTo("{\"result\": {\"released\": \"explicit\", \"duration_cap\": 900}}");
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
            assertThat(world.post("/reserve", world.signed("{\"duration\": 0}")).text())
                    .isEqualTo("{\"result\": {\"released\": \"duration_elapsed\", \"duration\": 0}}");
        }
    }

    @Test
    void passesTheHealthOfAnotherServerThrough(@TempDir Path folder) throws Exception {
        try (World world = world(folder, freePort())) {
            world.model().on("/up", call -> call.answer(503, "{}"));
            world.variable("BACKEND_HEALTH_URL", world.model().url() + "/up?deep=1");
            world.start();
            world.await("probe", () -> !world.model().calls("/up").isEmpty());
            assertThat(world.model().calls("/up").getFirst().requestLine()).startsWith("GET /up?deep=1 ");
            assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(503);

            world.model().on("/up", call -> call.answer(200, "{}"));
            world.awaitReady();
            world.model().on("/up", call -> call.answer(500, "{}"));
            world.await(
                    "bad health", () -> World.get(world.adminPort(), "/readyz").status() == 503);
            world.model().on("/up", call -> call.answer(200, "{}"));
            world.awaitReady();
        }
    }

    @Test
    void doesNotStartWithAHealthCheckThatIsNoUrl(@TempDir Path folder) throws Exception {
        try (World world = world(folder, freePort())) {
            world.variable("BACKEND_HEALTH_URL", "/health").start();

            assertThat(world.worker().awaitExit()).isEqualTo(2);
            assertThat(world.worker().output()).contains("BACKEND_HEALTH_URL", "'/health'", "absolute URL");
        }
    }
}
