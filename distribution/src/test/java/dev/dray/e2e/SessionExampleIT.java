package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.10: a task in a session, with routes that look at it and cancel it while it runs. Routes
/// of other queues
/// do not wait behind it.
class SessionExampleIT {
    private static final String ONE_BY_ONE = "route: %s, queue: %s, workload: 100, max-queue-time: 30s";

    @Test
    void looksAtATaskWhileItRunsAndCancelsItWithItsSession(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            world.handler(ONE_BY_ONE.formatted("/start_task", "task"))
                    .handler(ONE_BY_ONE.formatted("/status", "status"))
                    .handler(ONE_BY_ONE.formatted("/cancel_task", "cancel"));
            world.model().on("/start_task", Call::hang);
            world.model().on("/status", call -> call.answer(200, "{\"status\": \"running\"}"));
            world.ready();
            int idx = world.nextIdx();
            String auth = world.platform().authData(idx, world.url());
            Answer created = world.post(
                    "/session/create",
                    "{\"auth_data\": %s, \"payload\": {\"lifetime\": 600, \"on_close_route\": \"/cancel_task\"}, \"session_id\": null}"
                            .formatted(auth));
            String id = created.json().path("session_id").asText();

            try (RawClient client = world.client()) {
                client.post("/start_task", inside(world, id, "{\"epochs\": 3, \"session_id\": \"" + id + "\"}"));
                Call task = world.awaitModelCall("/start_task", 1);
                assertThat(task.json().path("session_id").asText()).isEqualTo(id);
                assertThat(world.post("/status", inside(world, id, "{\"session_id\": \"" + id + "\"}"))
                                .text())
                        .isEqualTo("{\"status\": \"running\"}");
                assertThat(world.post("/cancel_task", inside(world, id, "{}")).status())
                        .as("does not wait for the task either")
                        .isEqualTo(200);

                Answer ended = world.post(
                        "/session/end", "{\"session_id\": \"%s\", \"session_auth\": %s}".formatted(id, auth));

                assertThat(ended.status()).isEqualTo(200);
                world.await("end of the task", task::isGone);
                assertThat(client.isEnded()).isTrue();
                assertThat(world.model().calls("/cancel_task").getLast().json())
                        .isEqualTo(Json.read("{\"session_id\": \"" + id + "\"}"));
                assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
            }
        }
    }

    private static String inside(World world, String session, String payload) {
        return world.signed(payload).replace("\"session_id\": null", "\"session_id\": \"" + session + "\"");
    }
}
