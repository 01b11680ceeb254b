package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 14: what the public client asks of the platform and of a worker, asked of dray's own control plane.
class Chapter14ClientIT {
    @Test
    void findsAnEndpointIsRoutedAndServedAndHoldsASession(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "capacity: 1000")) {
            stage.startControlPlane();
            discovers(stage);
            waitsForAWorker(stage);
            stage.startModelServer("--tokens-per-second", "2000");
            stage.startWorker();
            stage.awaitReady();

            JsonNode auth = Json.read(stage.authData());

            assertThat(auth.path("url").asText()).isEqualTo(stage.worker());
            assertThat(auth.path("reqnum").isInt()).isTrue();
            assertThat(auth.path("request_idx").asInt()).isPositive();
            assertThat(auth.has("cost") && auth.has("endpoint") && auth.has("signature"))
                    .isTrue();
            callsTheWorker(stage, auth);
            opensASession(stage);
        }
    }

    private static void discovers(Stage stage) throws Exception {
        JsonNode all = Json.read(stage.get(stage.controlPlane() + "/api/v0/endptjobs/?client_id=me&api_key=K")
                .body());
        JsonNode one = Json.read(
                stage.get(stage.controlPlane() + "/api/v0/endptjobs/1/").body());

        assertThat(all.path("results").path(0).fieldNames())
                .toIterable()
                .contains("id", "endpoint_name", "api_key", "user_id", "created_at");
        assertThat(one.path("result")).isEqualTo(all.path("results").path(0));
    }

    private static void waitsForAWorker(Stage stage) throws Exception {
        JsonNode waiting = Json.read(stage.post(
                        stage.controlPlane() + "/route/?api_key=EK",
                        "{\"endpoint\": \"local\", \"api_key\": \"EK\", \"cost\": 100, \"request_idx\": 0,"
                                + " \"replay_timeout\": 60.0}")
                .body());

        assertThat(waiting.has("url")).isFalse();
        assertThat(waiting.path("request_idx").asInt()).isPositive();
        assertThat(waiting.path("status").asText()).isNotEmpty();
    }

    private static void callsTheWorker(Stage stage, JsonNode auth) throws Exception {
        String chat = stage.worker() + "/v1/chat/completions?api_key=EK";
        HttpResponse<String> plain = stage.post(
                chat,
                "{\"auth_data\": " + auth
                        + ", \"session_id\": null, \"payload\": {\"max_tokens\": 2, \"messages\": []}}");
        HttpResponse<String> stream =
                stage.post(chat, stage.signed("{\"max_tokens\": 3, \"stream\": true, \"messages\": []}"));

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(Json.read(plain.body()).path("choices")).isNotEmpty();
        assertThat(stream.body().lines().filter(line -> line.startsWith("data: {")))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(Json.read(line.substring(6)).isObject()).isTrue());
        assertThat(stage.post(chat, "{\"auth_data\": {\"request_idx\": 1, \"url\": \"x\"}, \"payload\": {}}")
                        .statusCode())
                .as("$VAST_DEBUG_WORKER_URL")
                .isEqualTo(422);
    }

    private static void opensASession(Stage stage) throws Exception {
        String auth = stage.authData();
        HttpResponse<String> created = stage.post(
                stage.worker() + "/session/create",
                "{\"auth_data\": " + auth + ", \"session_id\": null, \"payload\": {\"lifetime\": 60.0,"
                        + " \"on_close_route\": null, \"on_close_payload\": null}}");
        assertThat(created.statusCode()).isEqualTo(201);
        String question = "{\"session_id\": \"%s\", \"session_auth\": %s}"
                .formatted(Json.read(created.body()).path("session_id").asText(), auth);

        HttpResponse<String> got = stage.post(stage.worker() + "/session/get", question);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(Json.read(got.body()).path("auth_data").path("url").asText()).isEqualTo(stage.worker());
        assertThat(stage.post(stage.worker() + "/session/end", question).statusCode())
                .isEqualTo(200);
    }
}
