package dev.dray.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.benchmark.Advice;
import dev.dray.domain.benchmark.Saturation;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecommendationTest {
    private static Recommendation of(Measured measured) {
        return Recommendation.of(measured.report()).orElseThrow();
    }

    @Test
    void aServerThatCarriesOneIsServedFromTheWorkersQueue() {
        Recommendation advice = of(new Measured()
                .found(
                        new Saturation(1, 1, 10, true, OptionalInt.empty()),
                        new Advice(1, Duration.ofMillis(1_100), OptionalInt.empty())));

        assertThat(advice.yaml())
                .containsExactly(
                        "backend: vllm",
                        "handlers:",
                        "  - route: /v1/completions",
                        "    allow-parallel-requests: false",
                        "    max-queue-time: 1100ms");
        assertThat(advice.because()).hasSize(2);
    }

    @Test
    void aSerialRouteIsMadeParallelWhereThatBringsMore() {
        assertThat(of(new Measured().serial()).yaml()).contains("    allow-parallel-requests: true");
        assertThat(of(new Measured()).yaml()).noneMatch(line -> line.contains("allow-parallel"));
    }

    @Test
    void aServerThatRefusesIsShielded() {
        Recommendation advice = of(new Measured()
                .found(
                        new Saturation(4, 4, 40, true, OptionalInt.of(8)),
                        new Advice(4, Duration.ofSeconds(1), OptionalInt.of(4))));

        assertThat(advice.yaml()).endsWith("limits: {model-connections: 4}");
        assertThat(advice.because().getLast()).contains("at 8 at once too many requests failed");
    }

    @Test
    void whatYamlWouldTakeForSomethingElseIsInQuotes() {
        assertThat(of(new Measured().backend("null")).yaml()).startsWith("backend: \"null\"");
    }
}
