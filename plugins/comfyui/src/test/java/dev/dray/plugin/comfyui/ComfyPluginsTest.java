package dev.dray.plugin.comfyui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ComfyPluginsTest {
    private static final int MANY = 300;

    private static Stream<BackendPlugin> plugins() {
        return Stream.of(new ComfyJsonPlugin(), new ComfyWanPlugin(), new ComfyAcePlugin());
    }

    private static Backend start(BackendPlugin plugin) {
        return plugin.start(FakePluginContext.builder().build());
    }

    private static BenchmarkPlan plan(BackendPlugin plugin) {
        return start(plugin).routes().getFirst().benchmark().orElseThrow();
    }

    private static Set<JsonValue> benchmark(BackendPlugin plugin) {
        var random = new SplittableRandom(1);
        BenchmarkPlan plan = plan(plugin);
        return new HashSet<>(
                Stream.generate(() -> JsonValue.parse(plan.payloads().next(random)))
                        .limit(MANY)
                        .toList());
    }

    private static String text(JsonValue json, String pointer) {
        return json.at(pointer).flatMap(JsonValue::text).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void servesOneSerialRouteBehindTheWrapper(BackendPlugin plugin) {
        Backend backend = start(plugin);
        Route route = backend.routes().getFirst();

        assertThat(backend.model().url()).isEqualTo("http://127.0.0.1:18288");
        assertThat(backend.model().health()).contains("/health");
        assertThat(backend.routes()).extracting(Route::path).containsExactly("/generate/sync");
        assertThat(route.concurrency()).isEqualTo(Concurrency.serial());
        assertThat(route.maxQueueTime()).contains(Duration.ofSeconds(10));
    }

    @Test
    void isAlsoCalledComfyui() {
        assertThat(new ComfyJsonPlugin().aliases()).containsExactly("comfyui");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input\": {\"modifier\": \"Text2Image\", \"modifications\": {\"seed\": 1}}}",
                "{\"input\": {\"workflow_json\": {\"3\": {\"inputs\": {\"seed\": \"__RANDOM_INT__\"}}}}}",
                "{\"input\": {}}",
                "{}",
                "[]",
                "null",
                "\"\\ud83d\\ude00\"",
                "1e999"
            })
    void pricesEveryPayloadAlikeAndSendsItUntouched(String json) {
        RequestPayload payload = RequestPayload.of(json);

        assertThat(plugins().map(plugin -> start(plugin).routes().getFirst().workload(payload)))
                .containsExactly(100.0, 10_000.0, 1_000.0);
        assertThat(plugins().map(plugin -> start(plugin).routes().getFirst())).allSatisfy(route -> {
            assertThat(route.check(payload)).isEmpty();
            assertThat(route.request(payload)).isEqualTo(ModelRequest.unchanged());
        });
    }

    @Test
    void readsTheWrappersLogForAnyWorkflowAndComfyUisForTheExamples() {
        assertThat(plugins().map(plugin -> start(plugin).model().logFile().orElseThrow()))
                .containsExactly(
                        "/var/log/portal/api-wrapper.log",
                        "/var/log/portal/comfyui.log",
                        "/var/log/portal/comfyui.log");
        assertThat(start(new ComfyJsonPlugin()).logRules().onLoad()).containsExactly("BACKENDS_READY");
        assertThat(start(new ComfyJsonPlugin()).logRules().onError())
                .containsExactly("BACKENDS_READY_TIMEOUT", "BACKEND_UNRECOVERABLE", "Application startup failed");
        assertThat(start(new ComfyWanPlugin()).logRules())
                .isEqualTo(start(new ComfyAcePlugin()).logRules());
        assertThat(start(new ComfyWanPlugin()).logRules().onLoad()).containsExactly("To see the GUI go to: ");
    }

    @Test
    void measuresEightPicturesOrOneOfTheExamples() {
        assertThat(plugins().map(plugin -> plan(plugin).runs())).containsExactly(8, 1, 1);
        assertThat(plugins().map(ComfyPluginsTest::plan)).allMatch(plan -> plan.warmup() && plan.concurrency() == 1);
    }

    @Test
    void measuresVideoWithElevenPromptsInOneWorkflow() {
        Set<JsonValue> payloads = benchmark(new ComfyWanPlugin());

        assertThat(payloads).hasSize(11).allSatisfy(payload -> {
            assertThat(text(payload, "/input/workflow_json/pos/inputs/text")).isNotBlank();
            assertThat(text(payload, "/input/workflow_json/s1/inputs/noise_seed"))
                    .isEqualTo("__RANDOM_INT__");
            assertThat(payload.at("/input/workflow_json/lat/inputs/length")
                            .orElseThrow()
                            .source())
                    .isEqualTo(Bytes.utf8("81"));
        });
        assertThat(payloads.stream().map(payload -> text(payload, "/input/workflow_json/neg/inputs/text")))
                .containsOnly(text(payloads.iterator().next(), "/input/workflow_json/neg/inputs/text"));
    }

    @Test
    void measuresMusicWithElevenLyricsAndTheSameTags() {
        Set<JsonValue> payloads = benchmark(new ComfyAcePlugin());

        assertThat(payloads).hasSize(11).allSatisfy(payload -> {
            assertThat(text(payload, "/input/workflow_json/txt/inputs/lyrics"))
                    .startsWith("[verse]\n")
                    .contains("[chorus]\n");
            assertThat(text(payload, "/input/workflow_json/txt/inputs/tags")).startsWith("funk, pop, ");
            assertThat(text(payload, "/input/workflow_json/k/inputs/seed")).isEqualTo("__RANDOM_INT__");
        });
    }
}
