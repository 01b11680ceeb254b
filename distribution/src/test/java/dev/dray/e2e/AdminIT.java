package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The admin listener: what it tells, to whom, and that nobody who listens can do harm.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AdminIT {
    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: 30s");
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private Answer ask(String method, String path, String host, String... headers) throws IOException {
        try (RawClient client = RawClient.to(world.adminPort())) {
            var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return client.send(head + "Content-Length: 0\r\n\r\n").answer();
        }
    }

    private static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsInOneLookWhatTheWorkerIsAndWhatItDid() throws Exception {
        world.set("admin", "{port: %d, token: sesame}".formatted(world.adminPort()))
                .unset("admin.port")
                .ready();
        world.model().on("/open", call -> call.answer(500, "{}"));
        world.post("/open", world.signed("{}"));
        world.post("/open", "{}");

        String token = "Authorization: Bearer sesame";
        world.await(
                "report",
                () -> ask("GET", "/status", "x", token).json().path("reports").size() > 1);
        Answer answer = ask("GET", "/status", "x", token);
        JsonNode status = answer.json();

        assertThat(answer.text()).doesNotContain("sesame").doesNotContain("\"tok\"");
        assertThat(status.path("readiness-history"))
                .extracting(change -> change.path("state").asText())
                .startsWith("starting")
                .endsWith("ready");
        assertThat(status.path("plugin").path("id").asText()).isEqualTo("demo");
        assertThat(status.path("plugin").path("routes"))
                .anySatisfy(route -> assertThat(route.toString())
                        .startsWith("{\"route\":\"/open\",\"parallel\":true,\"max-queue-time\":30.0"));
        assertThat(status.path("settings"))
                .anySatisfy(setting ->
                        assertThat(setting.toString()).startsWith("{\"key\":\"admin.token\",\"value\":\"(set)\""));
        assertThat(status.path("requests").path("errored").asInt()).isEqualTo(1);
        assertThat(status.path("failures"))
                .anySatisfy(failure -> assertThat(failure.toString())
                        .contains("\"route\":\"/open\",\"outcome\":\"errored\",\"status\":500,\"source\":\"model\""))
                .anySatisfy(failure -> assertThat(failure.toString())
                        .contains("\"outcome\":\"invalid\",\"status\":422,\"source\":\"client\""));
        assertThat(status.path("reports").path(0).path("answer").asText()).isEqualTo("taken");
        assertThat(status.path("logging").asText()).isEqualTo("info");
        assertThat(status.path("started").asText())
                .isLessThan(status.path("now").asText());

        JsonNode history = ask("GET", "/history", "x", token).json();
        assertThat(history.path("seconds-per-point").asInt()).isEqualTo(5);
        int errored = 0;
        for (JsonNode point : history.path("points")) {
            errored += point.path("requests").path("errored").asInt();
        }
        assertThat(errored).isEqualTo(1);
    }

    @Test
    void tellsWhatChangesAsItChanges() throws Exception {
        world.ready();
        try (var events = new LiveEvents(world.adminPort())) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.contentType()).startsWith("text/event-stream");
            assertThat(events.line()).isEqualTo("retry: 1000");
            Optional<JsonNode> first = events.next("status", status -> true);
            assertThat(first).hasValueSatisfying(status -> {
                assertThat(status.path("state").asText()).isEqualTo("ready");
                assertThat(status.has("settings")).isFalse();
            });
            assertThat(events.next("point", point -> point.path("at").asLong() % 5 == 0))
                    .isPresent();

            world.log().append("INFO: a word from the model\n");
            assertThat(events.next("log", log -> log.toString().contains("a word from the model")))
                    .isPresent();

            world.model().on("/health", call -> call.answer(500, "{}"));
            assertThat(events.next(
                            "status", status -> status.path("state").asText().equals("unhealthy")))
                    .isPresent();
            assertThat(events.next(
                            "point", point -> point.path("state").asText().equals("unhealthy")))
                    .isPresent();
        }
        assertThat(World.get(world.adminPort(), "/model-log").text()).contains("a word from the model");
    }

    @Test
    void whoDoesNotReadHarmsNobody() throws Exception {
        world.ready();
        try (var reading = new LiveEvents(world.adminPort());
                var stalled = RawClient.to(world.adminPort())) {
            stalled.request("GET", "/events", new byte[0]);
            String line = "x".repeat(1_500) + "\n";

            for (int batch = 1; batch <= 3; batch++) {
                String last = "batch " + batch + " ends";
                world.log().append(line.repeat(40) + last + "\n");
                assertThat(reading.next("log", log -> log.toString().contains(last)))
                        .as("one who reads hears all")
                        .isPresent();
            }

            world.worker().terminate();
            assertThat(world.worker().awaitExit()).isZero();
        }
    }

    @Test
    void letsInAtMostThirtyTwoListeners() throws Exception {
        world.ready();
        var listeners = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 32; i++) {
                RawClient client = RawClient.to(world.adminPort());
                listeners.add(client);
                assertThat(client.request("GET", "/events", new byte[0]).head().status())
                        .isEqualTo(200);
            }
            assertThat(World.get(world.adminPort(), "/events").status()).isEqualTo(503);

            listeners.removeLast().close();

            world.await("room", () -> {
                try (RawClient client = RawClient.to(world.adminPort())) {
                    return client.request("GET", "/events", new byte[0]).head().status() == 200;
                }
            });
        } finally {
            for (RawClient client : listeners) {
                client.close();
            }
        }
    }

    @Test
    void withATokenOnlyWhoKnowsItIsLetIn() throws Exception {
        world.set("admin", "{host: 0.0.0.0, port: %d, token: sesame}".formatted(world.adminPort()))
                .unset("admin.port")
                .ready();

        Answer none = ask("GET", "/status", "localhost");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).hasValue("Basic realm=\"dray\"");
        assertThat(ask("GET", "/events", "localhost").status()).isEqualTo(401);
        assertThat(ask("GET", "/status", "localhost", "Authorization: Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(ask("GET", "/status", "gpu.example", "Authorization: Bearer sesame")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET", "/", "gpu.example", basic("operator:sesame")).status())
                .isEqualTo(200);
        assertThat(ask("GET", "/", "gpu.example", basic("sesame:wrong")).status())
                .isEqualTo(401);
        assertThat(ask("GET", "/metrics", "gpu.example").status()).isEqualTo(200);
    }

    @Test
    void onLoopbackAForeignNameIsRefused() throws Exception {
        world.ready();

        assertThat(ask("GET", "/status", "rebound.example").status()).isEqualTo(403);
        assertThat(ask("GET", "/events", "rebound.example").status()).isEqualTo(403);
        assertThat(ask("GET", "/", "rebound.example").status()).isEqualTo(403);
        assertThat(ask("GET", "/readyz", "rebound.example").status()).isEqualTo(200);
        assertThat(ask("GET", "/status", "127.0.0.1:" + world.adminPort()).status())
                .isEqualTo(200);
    }

    @Test
    void openToEverybodyMeansOpenForReading() throws Exception {
        world.set("admin", "{host: 0.0.0.0, port: %d, token: none}".formatted(world.adminPort()))
                .unset("admin.port")
                .ready();

        assertThat(ask("GET", "/status", "gpu.example").status()).isEqualTo(200);
    }

    @Test
    void aDrainWaitsForNoListener() throws Exception {
        world.ready();
        try (var events = new LiveEvents(world.adminPort())) {
            assertThat(events.next("status", status -> true)).isPresent();

            world.worker().terminate();

            assertThat(events.next(
                            "status", status -> status.path("state").asText().equals("stopped")))
                    .isPresent();
            assertThat(events.next("status", status -> false))
                    .as("ends in good order")
                    .isEmpty();
        }
        assertThat(world.worker().awaitExit()).isZero();
    }
}
