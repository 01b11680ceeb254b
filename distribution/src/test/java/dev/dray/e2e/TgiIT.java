package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.5: a worker before the twin of a TGI router.
class TgiIT {
    private static final String WHOLE = "/generate";
    private static final String STREAMED = "/generate_stream";
    private static final String PAYLOAD =
            "{\"inputs\": \"Name a river.\", \"parameters\": {\"max_new_tokens\": 2, \"seed\": 7}}";

    private static String line(String level, String message, String target) {
        return "{\"timestamp\":\"2026-01-01T00:00:00.000000Z\",\"level\":\"%s\",\"message\":\"%s\",\"target\":\"%s\"}"
                .formatted(level, message, target);
    }

    @Test
    void servesFromTheFirstLogLineToTheShardThatDies(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("tgi", folder)) {
            twin.answers(WHOLE, "{\"generated_text\":\" The Nile.\"}").start();
            twin.logs(
                    line("INFO", "Download file: model.safetensors", "text_generation_launcher"),
                    line("INFO", "Shard ready in 4.2s", "text_generation_launcher"),
                    line("INFO", "Connecting", "text_generation_router::server"));
            twin.world().worker().awaitLine("model log marker");
            assertThat(twin.state()).isEqualTo("loading");
            assertThat(twin.asked()).isEmpty();

            twin.logs(line("INFO", "Connected", "text_generation_router::server"))
                    .awaitReady();
            seesTheBenchmark(twin);
            servesWhole(twin);
            streams(twin);
            tellsWhatTheRouterRefuses(twin);

            twin.logs("Error: ShardCannotStart").awaitFailed("Error: ShardCannotStart");
            assertThat(twin.state()).isEqualTo("failed");
            twin.keepRecord();
        }
    }

    private static void seesTheBenchmark(Twin twin) {
        // A warm-up, then three to eight bursts of fifty.
        assertThat(twin.benchmark()).hasSizeBetween(151, 401).allSatisfy(call -> {
            assertThat(call.path()).isEqualTo(WHOLE);
            assertThat(call.json().path("inputs").asText().split(" ")).hasSize(250);
            assertThat(call.json().path("parameters").toString())
                    .isEqualTo("{\"max_new_tokens\":128,\"temperature\":0.7,\"return_full_text\":false}");
        });
        assertThat(twin.benchmark().size() % 50).isEqualTo(1);
    }

    private static void servesWhole(Twin twin) throws Exception {
        Answer answer = twin.ask(WHOLE, PAYLOAD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"generated_text\":\" The Nile.\"}");
        assertThat(twin.served().getLast().text()).isEqualTo(PAYLOAD);
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");
    }

    private static void streams(Twin twin) throws Exception {
        twin.streams(
                STREAMED,
                "{\"index\":1,\"token\":{\"text\":\" The\"},\"generated_text\":null}",
                "{\"index\":2,\"token\":{\"text\":\" Nile\"},\"generated_text\":\" The Nile\"}");

        Answer answer = twin.ask(STREAMED, PAYLOAD);

        assertThat(answer.header("Content-Type")).contains("text/event-stream");
        assertThat(answer.text().split("\n\n")).hasSize(2).allMatch(event -> event.startsWith("data: {\"index\":"));
        assertThat(answer.complete()).isTrue();
        assertThat(twin.served().getLast().text()).isEqualTo(PAYLOAD);
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");
    }

    private static void tellsWhatTheRouterRefuses(Twin twin) throws Exception {
        String overloaded = "{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}";
        twin.answers(WHOLE, 429, overloaded);
        Answer refused = twin.ask(WHOLE, PAYLOAD);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo(overloaded);

        twin.answers(WHOLE, 500, "{\"error\":\"Request failed during generation\",\"error_type\":\"generation\"}");
        assertThat(twin.ask(WHOLE, PAYLOAD).status()).isEqualTo(500);
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");

        twin.plays(STREAMED, call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: {\"index\":1}\n\n");
            call.reset();
        });
        assertThat(twin.ask(STREAMED, PAYLOAD).complete()).isFalse();
        assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");
    }
}
