package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 8.4 and 8.7: outcomes outlive the process, and can be told in the older shape.
class Chapter08RestartIT {
    private static final String OUTCOMES = ScriptedPlatform.OUTCOMES;

    private static World world(Path folder) throws Exception {
        return new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    @Test
    void deliversWhatAKilledWorkerOwed(@TempDir Path folder) throws Exception {
        try (World world = world(folder).handler("route: /held, allow-parallel-requests: true, max-queue-time: none")) {
            world.model().on("/held", Call::hang);
            world.platform().answer(OUTCOMES, 500);
            world.ready();
            int served = world.nextIdx();
            int open = world.nextIdx();
            assertThat(world.post("/open", world.signed(served, "{}")).status()).isEqualTo(200);
            try (RawClient client = world.client()) {
                client.post("/held", world.signed(open, "{}"));
                world.awaitModelCall("/held", 1);
                // Written to disk within a second, and a second refused delivery is later than that.
                int refused = world.platform().wire().calls(OUTCOMES).size();
                world.await(
                        "two refused deliveries",
                        () -> world.platform().wire().calls(OUTCOMES).size() >= refused + 2);
                world.worker().kill();
                world.worker().awaitExit();
            }
            world.platform().answer(OUTCOMES, 200);

            world.start();

            assertThat(world.awaitOutcome(served).path("status").asText()).isEqualTo("Success");
            JsonNode lost = world.awaitOutcome(open);
            assertThat(lost.path("status").asText()).isEqualTo("Error");
            assertThat(lost.path("success").asBoolean(true)).isFalse();
        }
    }

    @Test
    void tellsOutcomesInTheOlderShape(@TempDir Path folder) throws Exception {
        try (World world = world(folder).set("platform.delete-format", "lists").ready()) {
            int good = world.nextIdx();
            int bad = world.nextIdx();
            assertThat(world.post("/open", world.signed(good, "{}")).status()).isEqualTo(200);
            world.model().on("/open", Call::close);
            assertThat(world.post("/open", world.signed(bad, "{}")).status()).isEqualTo(502);

            world.await("both lists", () -> {
                List<JsonNode> posts = world.platform().wire().calls(OUTCOMES).stream()
                        .map(Call::json)
                        .toList();
                return posts.contains(list(good, true)) && posts.contains(list(bad, false));
            });
        }
    }

    private static JsonNode list(int requestIdx, boolean success) {
        return Json.read("{\"worker_id\": 77, \"mtoken\": \"tok\", \"request_idxs\": [%d], \"success\": %s}"
                .formatted(requestIdx, success));
    }
}
