package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Paths of the model server that clients may look at where there is no platform.
class OpenPathsIT {
    private static final String PATH = "/v1/models";
    private static final String MODELS = "{\"object\": \"list\", \"data\": []}";

    private static World world(Path folder) throws IOException {
        ScriptedPlugin.write(folder.resolve("plugins"));
        World world = new World(folder)
                .set("backend", "scripted")
                .variable("DRAY_PLUGINS", folder.resolve("plugins").toString());
        world.model().on(PATH, call -> call.answer(200, MODELS));
        return world;
    }

    private static Answer get(World world, String path, String... headers) throws IOException {
        try (RawClient client = world.client()) {
            return client.request("GET", path, new byte[0], headers).answer();
        }
    }

    @Test
    void areNotServedBehindAPlatform(@TempDir Path folder) throws Exception {
        try (World world = world(folder).ready()) {
            assertThat(get(world, PATH).status()).isEqualTo(404);
            assertThat(world.model().calls(PATH)).isEmpty();
        }
    }

    @Test
    void goToTheModelServerBehindTheKeyAloneAndWaitForNothing(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.set("security", "{control-plane: none, api-keys: [sesame]}");
            world.start();
            world.await("listener", () -> get(world, "/none-such").status() == 404);
            String key = "Authorization: Bearer sesame";

            assertThat(World.get(world.adminPort(), "/readyz").status())
                    .as("still loading")
                    .isEqualTo(503);
            Answer answer = get(world, PATH + "?limit=2", key);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(MODELS);
            Call call = world.model().calls(PATH).getFirst();
            assertThat(call.requestLine()).isEqualTo("GET " + PATH + " HTTP/1.1");
            assertThat(call.header("Authorization")).isEmpty();
            assertThat(call.text()).isEmpty();

            Answer closed = get(world, PATH);
            assertThat(closed.status()).isEqualTo(401);
            assertThat(closed.json().path("error").path("type").asText()).isEqualTo("authentication_error");
            assertThat(closed.json().path("error").path("code").asText()).isEqualTo("invalid_api_key");
            Answer posted = world.post(PATH, "{}", key);
            assertThat(posted.status()).isEqualTo(405);
            assertThat(posted.header("Allow")).contains("GET");
            assertThat(world.status().path("workload-units").path("received").asDouble())
                    .isZero();

            world.model().stop();
            Answer down = get(world, PATH, key);
            assertThat(down.status()).isEqualTo(502);
            assertThat(down.json().path("error").path("type").asText()).isEqualTo("server_error");
            assertThat(down.json().path("error").path("code").asText()).isEqualTo("model-failed");
            assertThat(down.json().path("error").path("message").asText()).isNotEmpty();
            assertThat(World.get(world.adminPort(), "/metrics").text()).contains("route=\"" + PATH + "\"");
        }
    }
}
