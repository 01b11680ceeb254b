package dev.dray.plugin.comfyui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.JsonValue;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Backend;
import dev.dray.spi.BenchmarkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tiers of protocol 15.6, with files as templates place them.
final class BenchmarkWorkflowTest {
    private static final String SEED = "\"__RANDOM_INT__\"";

    private final FakePluginContext.Builder settings = FakePluginContext.builder();
    private final SplittableRandom random = new SplittableRandom(1);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path plugins;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path elsewhere;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path besidePlugin;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path ofImage;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path named;

    @BeforeEach
    void place() throws IOException {
        besidePlugin = Files.createDirectories(plugins.resolve("misc")).resolve("benchmark.json");
        ofImage = elsewhere.resolve("pyworker_benchmark.json");
        named = elsewhere.resolve("named.json");
    }

    private static String graph(String name) {
        return "{\"%s\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": %s, \"cfg\": 1.50}}}"
                .formatted(name, SEED);
    }

    private static void write(Path file, String name) throws IOException {
        Files.writeString(file, graph(name));
    }

    private FakePluginContext started() {
        return settings.build();
    }

    private BenchmarkPlan plan(FakePluginContext context) {
        Backend backend = ComfyJsonPlugin.start(context, BenchmarkFiles.in(Optional.of(plugins), ofImage, context));
        return backend.routes().getFirst().benchmark().orElseThrow();
    }

    private JsonValue payload(BenchmarkPlan plan) {
        return JsonValue.parse(plan.payloads().next(random));
    }

    /// The first node's name; `Text2Image` where there is no workflow.
    private String measured(BenchmarkPlan plan) {
        JsonValue payload = payload(plan);
        return payload.at("/input/workflow_json")
                .map(graph -> graph.source().utf8Text().split("\"", 3)[1])
                .orElseGet(() ->
                        payload.at("/input/modifier").flatMap(JsonValue::text).orElseThrow());
    }

    private static String text(JsonValue json, String pointer) {
        return json.at(pointer).orElseThrow().source().utf8Text();
    }

    @Test
    void takesTheFirstFileThatIsThere() throws Exception {
        write(ofImage, "image");
        assertThat(measured(plan(started()))).isEqualTo("image");

        write(named, "named");
        settings.environment("BENCHMARK_JSON_PATH", " " + named + " ");
        assertThat(measured(plan(started()))).isEqualTo("named");

        write(besidePlugin, "beside");
        FakePluginContext context = started();
        assertThat(measured(plan(context))).isEqualTo("beside");
        assertThat(context.warnings()).isEmpty();
    }

    @Test
    void wrapsTheGraphAsItStandsInTheFile() throws Exception {
        write(besidePlugin, "3");

        JsonValue payload = payload(plan(started()));

        assertThat(text(payload, "/input/workflow_json")).isEqualTo(graph("3"));
        assertThat(text(payload, "/input/request_id")).matches("\"test-[0-9]{4,5}\"");
        assertThat(payload.at("/input/modifier")).isEmpty();
    }

    @Test
    void readsTheFilesAnewForEachRequest() throws Exception {
        BenchmarkPlan plan = plan(started());
        assertThat(measured(plan)).isEqualTo("Text2Image");

        write(ofImage, "late");
        assertThat(measured(plan)).isEqualTo("late");
        write(ofImage, "changed");
        assertThat(measured(plan)).isEqualTo("changed");
        Files.delete(ofImage);
        assertThat(measured(plan)).isEqualTo("Text2Image");
    }

    @Test
    void followsTheLinkOfTheImageAndPassesOverADeadOne() throws Exception {
        Files.createSymbolicLink(ofImage, named);
        FakePluginContext context = started();
        BenchmarkPlan plan = plan(context);
        assertThat(measured(plan)).isEqualTo("Text2Image");
        assertThat(context.warnings()).isEmpty();

        write(named, "linked");
        assertThat(measured(plan)).isEqualTo("linked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "\"graph\"", "{\"a\": 1} x"})
    void warnsOfAFileThatHoldsNoWorkflowAndGoesOn(String content) throws Exception {
        Files.writeString(named, content);
        write(ofImage, "image");
        FakePluginContext context =
                settings.environment("BENCHMARK_JSON_PATH", named.toString()).build();

        assertThat(measured(plan(context))).isEqualTo("image");
        assertThat(context.warnings())
                .singleElement()
                .asString()
                .contains("BENCHMARK_JSON_PATH", named.toString(), "passed over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none/such.json", "/", "\0"})
    void warnsOfAPathThatLeadsNowhereAndGoesOn(String path) {
        FakePluginContext context =
                settings.environment("BENCHMARK_JSON_PATH", path).build();

        assertThat(measured(plan(context))).isEqualTo("Text2Image");
        assertThat(context.warnings()).singleElement().asString().contains("BENCHMARK_JSON_PATH");
    }

    @Test
    void countsABlankVariableAsNotSet() {
        FakePluginContext context =
                settings.environment("BENCHMARK_JSON_PATH", " ").build();

        assertThat(measured(plan(context))).isEqualTo("Text2Image");
        assertThat(context.warnings()).isEmpty();
    }

    @Test
    void asksForAPictureOfTheUsualSizeWhereThereIsNoWorkflow() {
        BenchmarkPlan plan = plan(started());
        List<JsonValue> payloads =
                Stream.generate(() -> payload(plan)).limit(100).toList();

        assertThat(payloads).allSatisfy(payload -> {
            assertThat(text(payload, "/input/request_id")).matches("\"test-[0-9]{4,5}\"");
            assertThat(text(payload, "/input/modifications/width")).isEqualTo("512");
            assertThat(text(payload, "/input/modifications/height")).isEqualTo("512");
            assertThat(text(payload, "/input/modifications/steps")).isEqualTo("20");
            assertThat(Long.parseLong(text(payload, "/input/modifications/seed")))
                    .isNotNegative();
            assertThat(payload.at("/input/workflow_json")).isEmpty();
        });
        assertThat(new HashSet<>(payloads)).as("by chance").hasSize(100);
        assertThat(payloads.stream()
                        .map(payload -> text(payload, "/input/modifications/prompt"))
                        .distinct())
                .hasSizeGreaterThan(3);
    }

    @Test
    void takesSizeAndStepsFromTheEnvironment() {
        settings.environment("BENCHMARK_TEST_WIDTH", "1024").environment("BENCHMARK_TEST_HEIGHT", " 768 ");
        settings.environment("BENCHMARK_TEST_STEPS", "4");
        FakePluginContext context = started();

        JsonValue payload = payload(plan(context));

        assertThat(text(payload, "/input/modifications/width")).isEqualTo("1024");
        assertThat(text(payload, "/input/modifications/height")).isEqualTo("768");
        assertThat(text(payload, "/input/modifications/steps")).isEqualTo("4");
        assertThat(context.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide", "0", "-1", "512.5", "99999999999"})
    void warnsOfABadNumberAndTakesTheDefault(String bad) {
        settings.environment("BENCHMARK_TEST_WIDTH", bad).environment("BENCHMARK_TEST_STEPS", bad);
        FakePluginContext context = started();

        JsonValue payload = payload(plan(context));

        assertThat(text(payload, "/input/modifications/width")).isEqualTo("512");
        assertThat(text(payload, "/input/modifications/steps")).isEqualTo("20");
        assertThat(context.warnings()).hasSize(2).allMatch(warning -> warning.contains("'" + bad + "'"));
    }

    @Test
    void takesThePromptsBesideThePlugin() throws Exception {
        Files.writeString(plugins.resolve("misc/test_prompts.txt"), "\n a \"quoted\" cat\u00e9 \n\n");

        JsonValue payload = payload(plan(started()));

        assertThat(payload.at("/input/modifications/prompt").flatMap(JsonValue::text))
                .contains("a \"quoted\" cat\u00e9");
    }
}
