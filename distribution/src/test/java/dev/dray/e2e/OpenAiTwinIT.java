package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.0 to 15.4: vLLM, SGLang, llama.cpp, and a speech server under the name `openai`, each
/// from its first log
/// line to its end.
class OpenAiTwinIT {
    private static final String COMPLETIONS = "/v1/completions";
    private static final String CHAT = "/v1/chat/completions";
    private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
    private static final String COMPLETION =
            "{\"id\": \"cmpl-1\", \"choices\": [{\"text\": \" The Nile.\"}], \"usage\": {\"completion_tokens\": 4}}";
    private static final String OUT_OF_MEMORY = "{\"error\": {\"message\": \"CUDA out of memory\", \"code\": 500}}";
    private static final String DONE = "[DONE]";

    private static String delta(String text) {
        return "{\"object\": \"chat.completion.chunk\", \"choices\": [{\"delta\": {\"content\": \"" + text + "\"}}]}";
    }

    private static String status(Twin twin) throws InterruptedException {
        return twin.outcome().path("status").asText();
    }

    private static List<String> events(Answer answer) {
        return answer.text().lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void vllmServesFromTheDownloadToTheDeathOfItsEngine(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("vllm", folder)) {
            twin.world().variable("VLLM_MODEL", "Qwen/Qwen3-8B");
            twin.answers(COMPLETIONS, COMPLETION).start();
            twin.logs(
                            "(APIServer pid=412) INFO 11-24 00:10:02 [api_server.py:1839] vLLM API server version 0.11.0",
                            "{\"timestamp\":\"2026-11-24T00:10:05Z\",\"level\":\"INFO\",\"message\":\"Download"
                                    + " model-00001-of-00005.safetensors\"}",
                            "(EngineCore_DP0 pid=530) INFO 11-24 00:10:31 [gpu_model_runner.py:2392] Model loading took"
                                    + " 15.27 GiB and 4.2 seconds",
                            "(APIServer pid=412) INFO:     Started server process [412]",
                            "(APIServer pid=412) INFO:     Application startup complete.")
                    .awaitReady();
            assertThat(twin.benchmark()).hasSizeGreaterThanOrEqualTo(21).allSatisfy(call -> {
                assertThat(call.path()).isEqualTo(COMPLETIONS);
                assertThat(call.json().path("model").asText()).isEqualTo("Qwen/Qwen3-8B");
                assertThat(call.json().path("prompt").asText().split(" ")).hasSize(250);
                assertThat(call.json().path("temperature").asDouble()).isEqualTo(0.7);
                assertThat(call.json().path("max_tokens").asInt()).isEqualTo(500);
            });
            assertThat(twin.benchmark()).extracting(Call::text).doesNotHaveDuplicates();

            String input = "{\"model\": \"Qwen/Qwen3-8B\", \"prompt\": \"A river? \\u00e9\", \"max_tokens\": 16}";
            assertThat(twin.ask(COMPLETIONS, "{\"input\": " + input + "}").text())
                    .isEqualTo(COMPLETION);
            assertThat(twin.served()).extracting(Call::text).containsExactly(input);
            assertThat(status(twin)).isEqualTo("Success");

            twin.streams(CHAT, delta("The"), delta(" Nile"), DONE);
            Answer streamed = twin.ask(CHAT, "{\"messages\": [], \"stream\": true, \"max_tokens\": 16}");
            assertThat(events(streamed))
                    .containsExactly("data: " + delta("The"), "data: " + delta(" Nile"), "data: " + DONE);
            assertThat(streamed.header("Content-Type")).contains("text/event-stream");
            assertThat(status(twin)).isEqualTo("Success");

            twin.answers(COMPLETIONS, 500, OUT_OF_MEMORY);
            Answer failed = twin.ask(COMPLETIONS, "{\"prompt\": \"p\", \"max_tokens\": 16}");
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.text()).isEqualTo(OUT_OF_MEMORY);
            assertThat(status(twin)).isEqualTo("Error");

            twin.logs("RuntimeError: Engine core initialization failed. See root cause above.")
                    .awaitFailed("RuntimeError: Engine");
            assertThat(twin.state()).isEqualTo("failed");
            twin.keepRecord();
        }
    }

    @Test
    void sglangIsMeasuredByChatAndServesEmbeddings(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("sglang", folder)) {
            twin.world()
                    .variable("SGLANG_MODEL", "Qwen/Qwen3-8B")
                    .variable("BENCHMARK_ROUTE", CHAT)
                    .variable("OPENAI_ROUTES", CHAT + ", /v1/embeddings, /v1/audio/speech");
            twin.streams(CHAT, delta("The"), DONE).answers("/v1/embeddings", "{\"data\": []}");
            twin.start();
            twin.logs(
                    "[2026-11-24 00:10:02] server_args=ServerArgs(model_path='Qwen/Qwen3-8B', port=18000)",
                    "[2026-11-24 00:10:41 TP0] Capture cuda graph end. Time elapsed: 8.21 s. mem usage=0.71 GB.",
                    "[2026-11-24 00:10:44] INFO:     Application startup complete.");
            assertThat(twin.asked()).isEmpty();
            twin.logs("[2026-11-24 00:10:47] The server is fired up and ready to roll!")
                    .awaitReady();
            assertThat(twin.benchmark()).hasSizeGreaterThanOrEqualTo(21).allSatisfy(call -> {
                assertThat(call.path()).isEqualTo(CHAT);
                assertThat(call.json().path("messages").path(0).path("role").asText())
                        .isEqualTo("user");
                assertThat(call.json().path("model").asText()).isEqualTo("Qwen/Qwen3-8B");
            });

            String embeddings = "{\"input\": [\"one\", \"two\"]}";
            assertThat(twin.ask("/v1/embeddings", embeddings).status()).isEqualTo(200);
            assertThat(twin.served()).extracting(Call::text).containsExactly(embeddings);
            assertThat(status(twin)).isEqualTo("Success");

            assertThat(events(twin.ask(CHAT, "{\"messages\": [], \"stream\": true}")))
                    .containsExactly("data: " + delta("The"), "data: " + DONE);
            assertThat(status(twin)).isEqualTo("Success");

            Answer refused = twin.ask("/v1/audio/speech", "{\"input\": \"hi\", \"ref_audio\": \"/etc/passwd\"}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text())
                    .isEqualTo("{\"payload\": {\"ref_audio\": \"must be an http(s) URL or a data: URI\"}}");
            assertThat(status(twin)).isEqualTo("Rejected");
            assertThat(twin.world().post(COMPLETIONS, twin.world().signed("{}")).status())
                    .isEqualTo(404);

            twin.plays(CHAT, Call::reset);
            assertThat(twin.ask(CHAT, "{\"messages\": []}").status()).isEqualTo(502);
            assertThat(status(twin)).isEqualTo("Error");

            twin.logs("2026-11-24 00:31:07,518 INFO exited: sglang (terminated by SIGKILL; not expected)")
                    .awaitFailed("INFO exited: sglang");
            twin.keepRecord();
        }
    }

    @Test
    void llamaIsReadyOnceItsModelIsLoadedNotWhenItListens(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("llama", folder)) {
            twin.world().variable("LLAMA_MODEL", "qwen3-8b-q4_k_m.gguf");
            twin.answers(COMPLETIONS, COMPLETION)
                    .answers("/health", 503, "{\"error\": {\"code\": 503, \"message\": \"Loading model\"}}")
                    .start();
            twin.logs(
                    "build: 6823 (b8595b16e) with cc (Debian 12.2.0) for x86_64-linux-gnu",
                    "main: HTTP server is listening, hostname: 127.0.0.1, port: 18000, http threads: 15",
                    "srv    load_model: loading model '/models/qwen3-8b-q4_k_m.gguf'");
            assertThat(twin.state()).isEqualTo("loading");
            twin.answers("/health", "{\"status\": \"ok\"}")
                    .logs("main: model loaded", "main: server is listening on http://127.0.0.1:18000")
                    .awaitReady();
            assertThat(twin.benchmark())
                    .allMatch(call -> call.json().path("model").asText().equals("qwen3-8b-q4_k_m.gguf"));

            assertThat(twin.ask(COMPLETIONS, "{\"prompt\": \"A river?\", \"max_tokens\": 16}")
                            .text())
                    .isEqualTo(COMPLETION);
            assertThat(status(twin)).isEqualTo("Success");

            twin.streams(CHAT, delta("The"), delta(" Nile"), DONE);
            assertThat(events(twin.ask(CHAT, "{\"messages\": [], \"stream\": true, \"max_tokens\": 16}")))
                    .hasSize(3);
            assertThat(status(twin)).isEqualTo("Success");

            twin.answers(COMPLETIONS, 500, OUT_OF_MEMORY);
            assertThat(twin.ask(COMPLETIONS, "{\"prompt\": \"p\"}").status()).isEqualTo(500);
            assertThat(status(twin)).isEqualTo("Error");

            twin.logs("llama_model_load: error loading model: unable to allocate CUDA0 buffer")
                    .awaitFailed("error loading model");
            twin.keepRecord();
        }
    }

    @Test
    void aSpeechServerGetsItsFilesAsForms(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("openai", folder)) {
            twin.world().variable("MODEL_NAME", "openai/whisper-large-v3").variable("BENCHMARK_ROUTE", TRANSCRIPTIONS);
            twin.answers(TRANSCRIPTIONS, "{\"text\": \"hello\"}").start();
            twin.logs("INFO:     Started server process [88]", "INFO:     Application startup complete.")
                    .awaitReady();
            assertThat(twin.benchmark()).hasSizeGreaterThanOrEqualTo(9).allSatisfy(call -> {
                assertThat(call.header("Content-Type").orElse("")).startsWith("multipart/form-data; boundary=");
                assertThat(call.header("Content-Length")).contains("" + call.body().length);
                assertThat(latin(call))
                        .contains("name=\"file\"; filename=\"benchmark.wav\"", "Content-Type: audio/wav", "RIFF")
                        .contains("name=\"model\"\r\n", "\r\n\r\nopenai/whisper-large-v3\r\n");
                assertThat(call.body()).hasSizeBetween(960_044, 961_000);
            });

            byte[] sound = "ID3\u0004 not really \u0000\u00ff\r\n--a song".getBytes(StandardCharsets.ISO_8859_1);
            String base64 = Base64.getEncoder().encodeToString(sound).replace("/", "\\/");
            Answer served = twin.ask(
                    TRANSCRIPTIONS,
                    "{\"input\": {\"file\": \"data:audio\\/mpeg;base64," + base64 + "\", \"filename\": \"a b.mp3\","
                            + " \"language\": \"en\", \"timestamp_granularities[]\": [\"word\", \"segment\"]}}");
            assertThat(served.text()).isEqualTo("{\"text\": \"hello\"}");
            Call form = twin.served().getFirst();
            String song = new String(sound, StandardCharsets.ISO_8859_1);
            assertThat(latin(form))
                    .contains(
                            "name=\"file\"; filename=\"a_b.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n" + song + "\r\n--")
                    .contains("name=\"language\"", "\r\n\r\nen\r\n", "\r\n\r\nword\r\n", "\r\n\r\nsegment\r\n");
            assertThat(status(twin)).isEqualTo("Success");

            twin.streams(TRANSCRIPTIONS, "{\"type\": \"transcript.text.delta\", \"delta\": \"hel\"}", DONE);
            assertThat(events(twin.ask(TRANSCRIPTIONS, "{\"file\": \"" + base64 + "\", \"stream\": true}")))
                    .hasSize(2);
            assertThat(latin(twin.served().get(1))).contains("name=\"stream\"", "\r\n\r\ntrue\r\n");
            assertThat(status(twin)).isEqualTo("Success");

            int asked = twin.asked().size();
            Answer refused = twin.ask(TRANSCRIPTIONS, "{\"file\": \"no base64!\"}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).isEqualTo("{\"payload\": {\"file\": \"not valid base64\"}}");
            assertThat(twin.asked()).hasSize(asked);
            assertThat(status(twin)).isEqualTo("Rejected");

            twin.answers(TRANSCRIPTIONS, 500, OUT_OF_MEMORY);
            assertThat(twin.ask(TRANSCRIPTIONS, "{\"file\": \"" + base64 + "\"}")
                            .status())
                    .isEqualTo(500);
            assertThat(status(twin)).isEqualTo("Error");

            twin.logs("2026-11-24 00:31:07,518 INFO exited: vllm (exit status 1; not expected)")
                    .awaitFailed("INFO exited: vllm");
            twin.keepRecord();
        }
    }

    private static String latin(Call call) {
        return new String(call.body(), StandardCharsets.ISO_8859_1);
    }
}
