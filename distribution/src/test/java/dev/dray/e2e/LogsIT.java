package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the worker's log says of requests, and what it never says.
class LogsIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PLANTED = "PLANTED";

    @Test
    void aCollectorGetsJsonAloneWithTheNamesOfEachRequest(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            world.set("log", "{format: json, level: debug}").ready();
            world.post(
                    "/my/route",
                    world.signed("{\"prompt\": \"hi\"}"),
                    "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01",
                    "X-Request-Id: order-7");
            JsonNode ended = Json.read(world.worker().awaitLine("request ended"));
            JsonNode changed = changeLevel(world, "warning");
            changeLevel(world, "info");
            world.worker().terminate();

            assertThat(world.worker().awaitExit()).isZero();
            assertThat(ended.path("trace").asText()).isEqualTo(TRACE);
            assertThat(ended.path("x_request_id").asText()).isEqualTo("order-7");
            assertThat(ended.path("request").isNumber()).isTrue();
            assertThat(ended.path("outcome").asText()).isEqualTo("served");
            assertThat(ended.path("status").isInt()).isTrue();
            assertThat(ended.path("seconds").isNumber()).isTrue();
            assertThat(changed.path("message").asText()).isEqualTo("log level changed");
            assertThat(changed.path("log").asText()).isEqualTo("dev.dray.worker");
            assertThat(changed.path("to").asText()).isEqualTo("warning");
            assertThat(messages(world))
                    .allSatisfy(line -> assertThat(line.path("level").asText()).isNotEmpty())
                    .anyMatch(line -> line.path("message").asText().equals("stopped"));
        }
    }

    /// @return the line that tells of it
    private static JsonNode changeLevel(World world, String level) throws IOException, InterruptedException {
        try (RawClient client = RawClient.to(world.adminPort())) {
            byte[] body = "{\"level\": \"%s\"}".formatted(level).getBytes(StandardCharsets.UTF_8);
            client.request("PUT", "/loggers/dev.dray.worker", body);
            assertThat(client.answer().status()).isEqualTo(200);
        }
        return Json.read(world.worker().awaitLine("to\":\"" + level));
    }

    /// Everything but the addresses on standard output has to be JSON.
    private static List<JsonNode> messages(World world) {
        return world.worker()
                .output()
                .lines()
                .filter(line -> !line.contains("://") || line.startsWith("{"))
                .map(Json::read)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void neverSaysAPayloadATokenOrAKeyAtAnyLevel(String format, @TempDir Path folder) throws Exception {
        try (World world = new World(folder, call -> call.answer(200, "{\"answer\": \"PLANTED-answer\"}"))) {
            world.set("log.format", format).variable("VAST_LOG_LEVEL", "TRACE");
            world.variable("MASTER_TOKEN", "PLANTED-master");
            world.set("model.headers", "{Authorization: Bearer PLANTED-model}");
            world.set("worker.update-file", folder.resolve("update").toString());
            world.ready();

            provoke(world);
            world.model().on("/my/route", call -> call.raw("garbage PLANTED-garbage\r\n\r\n"));
            world.post("/my/route", world.signed("{\"prompt\": \"PLANTED-broken\"}"));
            world.worker().awaitLine("an answer that is not HTTP");
            world.worker().terminate();

            assertThat(world.worker().awaitExit()).isZero();
            assertThat(world.worker().output())
                    .contains("request started")
                    .contains("request ended")
                    .doesNotContain(PLANTED);
        }
    }

    private static void provoke(World world) throws IOException {
        String secretHeader = "Authorization: Bearer PLANTED-client";
        world.post("/my/route", world.signed("{\"prompt\": \"PLANTED-prompt\"}"), secretHeader, "X-Key: PLANTED-key");
        world.post("/my/route?api_key=PLANTED-query", world.signed("{\"prompt\": 7, \"x\": \"PLANTED-wrong\"}"));
        world.post("/my/route", world.signed("{\"prompt\": \"PLANTED-cut"));
        world.post("/my/route", "{\"auth_data\": {\"signature\": \"PLANTED-signature\"}, \"payload\": {}}");
        world.post("/my/route", "PLANTED-no-json", secretHeader);
        world.post("/session/create", world.signed("{\"lifetime\": \"PLANTED-lifetime\"}"));
        world.post("/session/get", "{\"session_id\": \"PLANTED-session\", \"session_auth\": \"PLANTED-auth\"}");
        world.post("/pyworker/update", "{}", "Authorization: Bearer PLANTED-guess");
        world.post("/pyworker/update", "{}", "Authorization: Bearer PLANTED-master");
    }
}
