package dev.dray.plugin.tgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Backend;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TgiPluginTest {
    private final Backend backend = start(FakePluginContext.builder());

    private static Backend start(FakePluginContext.Builder context) {
        return new TgiPlugin().start(context.build());
    }

    private Route route(String path) {
        return backend.routes().stream()
                .filter(route -> route.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsTheRouterWhereTheTemplateStartsIt() {
        assertThat(backend.model().url()).isEqualTo("http://127.0.0.1:5001");
        assertThat(backend.model().logFile()).contains("/workspace/infer.log");
        assertThat(backend.model().health()).contains("/health");
        assertThat(backend.model().name()).isEmpty();
        assertThat(start(FakePluginContext.builder().environment("MODEL_ID", " a/model "))
                        .model()
                        .name())
                .contains("a/model");
        assertThat(start(FakePluginContext.builder().environment("MODEL_ID", " "))
                        .model()
                        .name())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":\"INFO\",\"message\":\"Connected\",\"target\":\"text_generation_router\"}",
                "{\"level\":\"INFO\",\"message\":\"Connected\",\"target\":\"text_generation_router::server\",\"line\":1}"
            })
    void takesOneMarkerOfEitherLoadLine(String line) {
        assertThat(backend.logRules().onLoad()).filteredOn(line::contains).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/generate", "/generate_stream"})
    void runsBothRoutesInParallelAndShedsAfterAMinute(String path) {
        assertThat(route(path).concurrency()).isEqualTo(Concurrency.parallel());
        assertThat(route(path).maxQueueTime()).contains(Duration.ofSeconds(60));
    }

    @ParameterizedTest(name = "{0} costs {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"inputs": "a", "parameters": {"max_new_tokens": 128}}                       | 128
            {"inputs": "a", "parameters": {"max_new_tokens": 0}}                         | 0
            {"inputs": "a", "parameters": {"max_new_tokens": 1e3}}                       | 1000
            {"inputs": "a", "parameters": {"max_new_tokens": 12.5}}                      | 12.5
            {"inputs": "a", "parameters": {"max_new_tokens": " 64 "}}                    | 64
            {"inputs": "a", "parameters": {"max_new_tokens": 5, "max_new_tokens": 6}}    | 6
            {"inputs": "a", "parameters": {"max_new_tokens": -1}}                        | 100
            {"inputs": "a", "parameters": {"max_new_tokens": "many"}}                    | 100
            {"inputs": "a", "parameters": {"max_new_tokens": "64d"}}                     | 100
            {"inputs": "a", "parameters": {"max_new_tokens": null}}                      | 100
            {"inputs": "a", "parameters": {"max_new_tokens": [128]}}                     | 100
            {"inputs": "a", "parameters": {"max_new_tokens": 1e999}}                     | 100
            {"inputs": "a", "parameters": {"max_new_tokens": NaN}}                       | 100
            {"inputs": "a", "parameters": {"max_new_tokens": -Infinity}}                 | 100
            {"inputs": "a", "parameters": {}}                                            | 100
            {"inputs": "a", "parameters": null}                                          | 100
            {"inputs": "a", "parameters": [128]}                                         | 100
            {"inputs": "a", "max_new_tokens": 128}                                       | 100
            {"inputs": "\\ud83d\\ude00"}                                                 | 100
            {"input": {"inputs": "a", "parameters": {"max_new_tokens": 5}}}              | 100
            {}                                                                           | 100
            []                                                                           | 100
            null                                                                         | 100
            "a"                                                                          | 100
            """)
    void pricesTheTokensThatMayBeMadeAndSendsThePayloadUntouched(String json, double workload) {
        RequestPayload payload = RequestPayload.of(json);

        for (Route route : backend.routes()) {
            assertThat(route.check(payload)).isEmpty();
            assertThat(route.workload(payload)).isEqualTo(workload);
            assertThat(route.request(payload)).isEqualTo(ModelRequest.unchanged());
        }
    }

    @Test
    void measuresGenerateByBurstsOfFifty() {
        BenchmarkPlan plan = route("/generate").benchmark().orElseThrow();
        var random = new SplittableRandom(1);
        JsonValue payload = JsonValue.parse(plan.payloads().next(random));

        assertThat(route("/generate_stream").benchmark()).isEmpty();
        assertThat(plan.runs()).isEqualTo(8);
        assertThat(plan.concurrency()).isEqualTo(50);
        assertThat(plan.warmup()).isTrue();
        assertThat(payload.at("/inputs").flatMap(JsonValue::text).orElseThrow().split(" "))
                .hasSize(250)
                .allMatch(word -> word.matches("[a-z]+"));
        assertThat(payload.at("/parameters").orElseThrow().source().utf8Text())
                .isEqualTo("{\"max_new_tokens\": 128, \"temperature\": 0.7, \"return_full_text\": false}");
        assertThat(plan.payloads().next(random)).as("new words").isNotEqualTo(payload.source());
    }
}
