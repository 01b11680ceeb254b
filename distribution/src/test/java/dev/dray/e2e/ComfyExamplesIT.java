package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.7 and 15.8: text to video and text to music. Both read ComfyUI's own log.
class ComfyExamplesIT {
    private static final String ROUTE = "/generate/sync";
    private static final String PAYLOAD =
            "{\"input\": {\"workflow_json\": {\"k\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": 1}}}}}";

    @Test
    void makesVideos(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("comfyui-wan", folder)) {
            String done = "{\"status\": \"completed\", \"output\": [{\"filename\": \"ComfyUI_00001_.mp4\"}]}";
            comesUp(twin, done);
            // A warm-up and one round.
            assertThat(twin.benchmark()).hasSize(2).allSatisfy(call -> {
                JsonNode graph = call.json().at("/input/workflow_json");
                assertThat(graph.size()).isEqualTo(14);
                assertThat(graph.at("/pos/inputs/text").asText()).isNotBlank();
                assertThat(graph.at("/s1/inputs/noise_seed").asText()).isEqualTo("__RANDOM_INT__");
                assertThat(graph.at("/vid/inputs/fps").asInt()).isEqualTo(16);
            });
            servesAndFails(twin, done, "Value not in list: ");
        }
    }

    @Test
    void makesMusic(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("comfyui-ace", folder)) {
            String done = "{\"status\": \"completed\", \"output\": [{\"filename\": \"ComfyUI_00001_.mp3\"}]}";
            comesUp(twin, done);
            assertThat(twin.benchmark()).hasSize(2).allSatisfy(call -> {
                JsonNode graph = call.json().at("/input/workflow_json");
                assertThat(graph.size()).isEqualTo(10);
                assertThat(graph.at("/txt/inputs/lyrics").asText()).startsWith("[verse]\n");
                assertThat(graph.at("/txt/inputs/tags").asText()).startsWith("funk, pop, ");
                assertThat(graph.at("/k/inputs/seed").asText()).isEqualTo("__RANDOM_INT__");
            });
            servesAndFails(twin, done, "MetadataIncompleteBuffer");
        }
    }

    private static void comesUp(Twin twin, String done) throws Exception {
        twin.answers(ROUTE, done).start();
        twin.logs(
                        "Total VRAM 24217 MB, total RAM 64221 MB",
                        "Starting server",
                        "To see the GUI go to: http://127.0.0.1:18188")
                .awaitReady();
    }

    private static void servesAndFails(Twin twin, String done, String marker) throws Exception {
        assertThat(twin.ask(ROUTE, PAYLOAD).text()).isEqualTo(done);
        assertThat(twin.served()).extracting(Call::text).containsExactly(PAYLOAD);
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");

        twin.answers(ROUTE, 502, "{\"status\": \"failed\", \"message\": \"ComfyUI is not reachable\"}");
        assertThat(twin.ask(ROUTE, PAYLOAD).status()).isEqualTo(502);
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");

        twin.logs("[ERROR] " + marker + " (model.safetensors)").awaitFailed(marker);
        assertThat(twin.state()).isEqualTo("failed");
        twin.keepRecord();
    }
}
