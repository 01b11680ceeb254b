package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.workload.Pricing;
import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The shipped examples: each makes a worker, and where a plugin does the same they agree.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("src/main/dist/examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    // Texts, sizes and oddities that any of the routes may get.
    private static final List<String> PAYLOADS = List.of(
            "{}",
            "{\"max_tokens\": 128}",
            "{\"max_tokens\": 0}",
            "{\"max_tokens\": \"64\"}",
            "{\"max_tokens\": \" 6.5e1 \"}",
            "{\"max_tokens\": \"many\"}",
            "{\"max_tokens\": \"512d\"}",
            "{\"max_tokens\": null}",
            "{\"max_tokens\": true}",
            "{\"max_tokens\": -5}",
            "{\"max_tokens\": NaN}",
            "{\"max_tokens\": Infinity}",
            "{\"max_tokens\": 1e300}",
            "{\"max_tokens\": 12345678901234567890123}",
            "{\"max_tokens\": [1]}",
            "{\"max_tokens\": {}}",
            "{\"max_tokens\": 1, \"max_tokens\": 2}",
            "{\"input\": {\"max_tokens\": 9, \"prompt\": \"é😀\"}, \"max_tokens\": 1}",
            "{\"input\": null, \"max_tokens\": 3}",
            "{\"input\": {}}",
            "{\"prompt\": \"h\\u00e9llo \\ud83d\\ude00\"}",
            "{\"prompt\": \"\"}",
            "{\"parameters\": {\"max_new_tokens\": 77}}",
            "{\"parameters\": {\"max_new_tokens\": \"77\"}}",
            "{\"parameters\": {\"max_new_tokens\": null}}",
            "{\"parameters\": {\"max_new_tokens\": -1}}",
            "{\"parameters\": {}}",
            "{\"parameters\": null}",
            "{\"parameters\": []}",
            "{\"parameters\": \"x\"}",
            "{\"inputs\": \"hi\", \"parameters\": {\"max_new_tokens\": 1.5}}",
            "{\"input\": {\"workflow_json\": {\"a\": \"__RANDOM_INT__\"}}}");

    @TempDir
    Path directory;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void makesAWorker(Path example) throws IOException {
        Assembly.Complete assembled = Assembling.in(directory).complete(Files.readString(example));

        assertThat(assembled.warnings()).isEmpty();
        BenchmarkPlan plan = measured(assembled).benchmark().orElseThrow();
        RequestPayload payload = drawn(plan, 1);
        assertThat(measured(assembled).route().check(payload)).isEmpty();
        assertThat(Pricing.units(measured(assembled).route(), payload)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "vllm.yaml, vllm",
        "tgi.yaml, tgi",
        "comfyui.yaml, comfyui-json",
        "comfyui-wan.yaml, comfyui-wan",
        "comfyui-ace.yaml, comfyui-ace",
        "tutorial.yaml, demo"
    })
    void answersAsThePluginDoes(String example, String id) throws IOException {
        assumeTrue(Assembling.hasPlugin(id), "plugin " + id + " is not there");
        Assembly.Complete file = Assembling.in(directory).complete(Files.readString(EXAMPLES.resolve(example)));
        Assembly.Complete plugin = Assembling.in(directory).complete("backend: " + id);

        assertThat(file.model().servers()).isEqualTo(plugin.model().servers());
        assertThat(file.plan().logRules()).isEqualTo(plugin.plan().logRules());
        assertThat(file.plan().routes())
                .extracting(RoutePlan::path)
                .containsExactlyElementsOf(
                        plugin.plan().routes().stream().map(RoutePlan::path).toList());
        for (int i = 0; i < file.plan().routes().size(); i++) {
            sameRoute(file.plan().routes().get(i), plugin.plan().routes().get(i));
        }
        sameBenchmark(
                measured(file).benchmark().orElseThrow(),
                measured(plugin).benchmark().orElseThrow());
        assertThat(measured(file).path()).isEqualTo(measured(plugin).path());
    }

    private static void sameRoute(RoutePlan file, RoutePlan plugin) throws IOException {
        assertThat(file.concurrency()).isEqualTo(plugin.concurrency());
        assertThat(file.maxQueueTime()).isEqualTo(plugin.maxQueueTime());
        assertThat(file.timeOuts()).isEqualTo(plugin.timeOuts());
        for (String text : PAYLOADS) {
            RequestPayload payload = RequestPayload.of(text);
            // A plugin may refuse what an expression has no words for; the route's own 100 units then count nothing.
            if (plugin.route().check(payload).isEmpty()) {
                assertThat(file.route().check(payload)).as(text).isEmpty();
                assertThat(Pricing.units(file.route(), payload))
                        .as("%s %s", file.path(), text)
                        .isEqualTo(Pricing.units(plugin.route(), payload));
                assertThat(sent(file.route().request(payload), payload))
                        .as(text)
                        .isEqualTo(sent(plugin.route().request(payload), payload));
            }
        }
    }

    private static void sameBenchmark(BenchmarkPlan file, BenchmarkPlan plugin) throws IOException {
        assertThat(file.runs()).isEqualTo(plugin.runs());
        assertThat(file.concurrency()).isEqualTo(plugin.concurrency());
        assertThat(file.warmup()).isEqualTo(plugin.warmup());
        List<JsonNode> ofPlugin = draws(plugin);
        assertThat(draws(file)).allSatisfy(payload -> assertThat(ofPlugin).contains(payload));
    }

    // Enough draws to see each text of a dozen, seeds and words blanked since they never come twice.
    private static List<JsonNode> draws(BenchmarkPlan plan) throws IOException {
        var drawn = new ArrayList<JsonNode>();
        for (int seed = 0; seed < 300; seed++) {
            drawn.add(blanked(JSON.readTree(drawn(plan, seed).bytes().utf8Text())));
        }
        return drawn.stream().distinct().toList();
    }

    private static JsonNode blanked(JsonNode payload) {
        for (String name : List.of("request_id", "seed")) {
            payload.findParents(name).forEach(parent -> ((ObjectNode) parent).put(name, "by chance"));
        }
        for (String name : List.of("prompt", "inputs")) {
            payload.findParents(name).stream()
                    .filter(parent -> parent.path(name).asText().split(" ").length == 250)
                    .forEach(parent -> ((ObjectNode) parent).put(name, "250 words"));
        }
        return payload;
    }

    @Test
    void theSessionExampleNeverLetsACancellationWait() throws IOException {
        Assembly.Complete assembled =
                Assembling.in(directory).complete(Files.readString(EXAMPLES.resolve("session.yaml")));

        assertThat(assembled.plan().routes())
                .extracting(RoutePlan::concurrency)
                .containsExactly(
                        new Concurrency.Serial("tasks"),
                        new Concurrency.Serial("status"),
                        new Concurrency.Serial("cancel"));
    }

    private static RoutePlan measured(Assembly.Complete assembled) {
        return assembled.plan().routes().stream()
                .filter(route -> route.benchmark().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static RequestPayload drawn(BenchmarkPlan plan, long seed) {
        return RequestPayload.of(
                plan.payloads().next(new SplittableRandom(seed)).utf8Text());
    }

    private static String sent(ModelRequest request, RequestPayload payload) {
        return switch (request) {
            case ModelRequest.Unchanged _ -> payload.bytes().utf8Text();
            case ModelRequest.Json(Bytes body) -> body.utf8Text();
            case ModelRequest.Multipart _ -> throw new AssertionError("no example sends forms");
        };
    }
}
