package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 15.6: a worker before the twin of ComfyUI's wrapper, which says itself when it is ready.
class ComfyJsonIT {
    private static final String ROUTE = "/generate/sync";
    private static final String SYSTEM_STATS = "/system_stats";
    private static final String GRAPH =
            "{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": \"__RANDOM_INT__\"," + " \"cfg\": 7.50}}}";
    private static final String DONE = "{\"id\":\"1\",\"message\":\"Request completed\",\"status\":\"completed\","
            + "\"output\":[{\"filename\":\"ComfyUI_00001_.png\",\"type\":\"output\"}]}";

    /// ComfyUI itself does not answer: the log alone says when the wrapper is ready.
    private static Twin twin(String backend, Path folder) throws IOException {
        Twin twin = Twin.of(backend, folder).answers(ROUTE, DONE);
        twin.world().variable("COMFYUI_API_BASE", twin.world().model().url());
        return twin;
    }

    @Test
    void servesFromTheFirstLogLineToABackendThatIsLost(@TempDir Path folder) throws Exception {
        try (Twin twin = twin("comfyui-json", folder)) {
            twin.start();
            twin.logs(
                            "INFO:     Started server process [412]",
                            "INFO:     Uvicorn running on http://127.0.0.1:18288 (Press CTRL+C to quit)",
                            "2026-01-01 00:00:09 INFO BACKENDS_READY 1/1")
                    .awaitReady();
            // A warm-up, then three to eight rounds of one, since the route is serial.
            assertThat(twin.benchmark()).hasSizeBetween(4, 9).allSatisfy(call -> {
                assertThat(call.path()).isEqualTo(ROUTE);
                assertThat(call.json().at("/input/modifier").asText()).isEqualTo("Text2Image");
                assertThat(call.json().at("/input/modifications/width").asInt()).isEqualTo(512);
                assertThat(call.json().at("/input/modifications/steps").asInt()).isEqualTo(20);
            });

            String payload = "{\"input\": {\"request_id\": \"mine\", \"workflow_json\": " + GRAPH + "}}";
            Answer served = twin.ask(ROUTE, payload);
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.text()).isEqualTo(DONE);
            assertThat(twin.served()).extracting(Call::text).containsExactly(payload);
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");

            twin.answers(ROUTE, 500, "{\"id\":\"2\",\"status\":\"failed\",\"message\":\"CUDA out of memory\"}");
            Answer failed = twin.ask(ROUTE, payload);
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.json().path("status").asText()).isEqualTo("failed");
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");

            twin.logs("2026-01-01 00:10:00 CRITICAL BACKEND_UNRECOVERABLE 127.0.0.1:18188")
                    .awaitFailed("BACKEND_UNRECOVERABLE");
            assertThat(twin.state()).isEqualTo("failed");
            twin.keepRecord();
        }
    }

    /// The line of the time-out contains the line that says ready.
    @Test
    void failsWithoutABenchmarkWhenTheBackendsDoNotComeUp(@TempDir Path folder) throws Exception {
        try (Twin twin = twin("comfyui", folder)) {
            twin.start();
            twin.logs("2026-01-01 00:10:00 ERROR BACKENDS_READY_TIMEOUT after 600 s")
                    .awaitFailed("BACKENDS_READY_TIMEOUT");
            assertThat(twin.state()).isEqualTo("failed");
            assertThat(twin.asked()).isEmpty();

            twin.logs("2026-01-01 00:11:00 INFO BACKENDS_READY 1/1").awaitReady();
            assertThat(twin.benchmark()).isNotEmpty();
        }
    }

    /// An older wrapper logs nothing that says ready. The first round finds ComfyUI itself still loading.
    @Test
    void becomesReadyWithoutTheWrappersWordOnceBothAnswer(@TempDir Path folder) throws Exception {
        try (Twin twin = twin("comfyui-json", folder)) {
            twin.answers(SYSTEM_STATS, 503, "{}");
            twin.start().logs("INFO:     Uvicorn running on http://127.0.0.1:18288 (Press CTRL+C to quit)");
            twin.world().awaitModelCall(SYSTEM_STATS, 1);
            assertThat(twin.state()).isEqualTo("loading");
            assertThat(twin.asked()).isEmpty();

            twin.answers(SYSTEM_STATS, "{\"system\": {\"os\": \"posix\"}}").awaitReady();

            assertThat(twin.benchmark()).isNotEmpty();
            assertThat(Files.readString(twin.world().log().file()))
                    .as("the wrapper's log stays the wrapper's")
                    .doesNotContain("BACKENDS_READY");
            int calls = twin.asked().size();
            twin.logs("BACKENDS_READY");
            assertThat(twin.ask(ROUTE, "{}").status()).isEqualTo(200);
            assertThat(twin.asked()).as("nothing is measured again").hasSize(calls + 1);
        }
    }

    @Test
    void measuresWithTheWorkflowThatTheVariableNames(@TempDir Path folder) throws Exception {
        try (Twin twin = twin("comfyui-json", folder)) {
            Path workflow = Files.writeString(folder.resolve("mine.json"), GRAPH);
            twin.world().variable("BENCHMARK_JSON_PATH", workflow.toString());

            twin.start().logs("BACKENDS_READY").awaitReady();

            assertThat(twin.benchmark())
                    .isNotEmpty()
                    .allMatch(call -> call.text()
                            .matches("\\{\"input\": \\{\"request_id\": \"test-[0-9]{4,5}\", \"workflow_json\": .*"));
            assertThat(twin.benchmark()).allMatch(call -> call.text().contains(GRAPH));
        }
    }

    @Test
    void measuresWithTheWorkflowBesideThePluginsJar(@TempDir Path folder) throws Exception {
        try (Twin twin = twin("comfyui-json", folder)) {
            Path plugins = Files.createDirectories(folder.resolve("plugins"));
            Path shipped = shippedJar();
            Files.copy(shipped, plugins.resolve(shipped.getFileName()));
            Files.writeString(Files.createDirectories(plugins.resolve("misc")).resolve("benchmark.json"), GRAPH);
            twin.world().variable("DRAY_PLUGINS", plugins.toString());
            twin.world().variable("BENCHMARK_JSON_PATH", "/none/such.json");

            twin.start().logs("BACKENDS_READY").awaitReady();

            assertThat(twin.benchmark())
                    .isNotEmpty()
                    .allMatch(call -> call.text().contains(GRAPH));
        }
    }

    private static Path shippedJar() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/dray/plugins"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("dray-plugin-comfyui-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
