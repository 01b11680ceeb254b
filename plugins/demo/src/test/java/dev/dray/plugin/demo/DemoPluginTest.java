package dev.dray.plugin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.port.testing.FakePluginContext.Problem;
import dev.dray.spi.Backend;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoPluginTest {
    private final Route route =
            start(FakePluginContext.builder().build()).routes().getFirst();

    private static Backend start(FakePluginContext context) {
        return new DemoPlugin().start(context);
    }

    @Test
    void isAlsoCalledHelloWorld() {
        assertThat(new DemoPlugin().aliases()).containsExactly("hello_world");
    }

    @Test
    void takesOneRequestAtATimeAndShedsAfterThirtySeconds() {
        assertThat(route.path()).isEqualTo("/my/route");
        assertThat(route.concurrency()).isEqualTo(Concurrency.serial());
        assertThat(route.maxQueueTime()).contains(Duration.ofSeconds(30));
    }

    @Test
    void followsTheLogThatTheEnvironmentNames() {
        Backend byDefault = start(FakePluginContext.builder().build());
        Backend named = start(FakePluginContext.builder()
                .environment("MODEL_LOG", "/tmp/model.log")
                .build());

        assertThat(byDefault.model().logFile()).contains("/var/model/out.log");
        assertThat(named.model().logFile()).contains("/tmp/model.log");
    }

    @Test
    void tellsABlankLogFileInsteadOfThrowing() {
        FakePluginContext context =
                FakePluginContext.builder().environment("MODEL_LOG", " ").build();

        assertThat(start(context)).isNotNull();
        assertThat(context.problems()).extracting(Problem::where).containsExactly("MODEL_LOG");
    }

    @ParameterizedTest(name = "{0} costs {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt": ""}                      | 0
            {"prompt": "hello"}                 | 5
            {"prompt": " hello "}               | 7
            {"prompt": "caf\\u00e9"}            | 4
            {"prompt": "\\ud83d\\ude00!"}       | 2
            {"prompt": "12", "prompt": "12345"} | 5
            """)
    void countsTheCharactersOfThePrompt(String payload, double workload) {
        assertThat(route.check(RequestPayload.of(payload))).isEmpty();
        assertThat(route.workload(RequestPayload.of(payload))).isEqualTo(workload);
        assertThat(route.request(RequestPayload.of(payload))).isEqualTo(ModelRequest.unchanged());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"hello\"",
                "{}",
                "{\"prompt\": null}",
                "{\"prompt\": 5}",
                "{\"prompt\": [\"hello\"]}",
                "{\"prompt\": \"hello\", \"prompt\": {}}"
            })
    void namesThePromptWhereItIsNoText(String payload) {
        assertThat(route.check(RequestPayload.of(payload))).containsOnlyKeys("prompt");
    }

    @Test
    void benchmarksFiveRoundsWithEachOfThreePrompts() {
        BenchmarkPlan plan = route.benchmark().orElseThrow();
        var random = new SplittableRandom(1);
        var seen = new HashSet<>(
                Stream.generate(() -> plan.payloads().next(random)).limit(100).toList());

        assertThat(plan.runs()).isEqualTo(5);
        assertThat(plan.concurrency()).isEqualTo(10);
        assertThat(plan.warmup()).isTrue();
        assertThat(seen).hasSize(3);
    }
}
