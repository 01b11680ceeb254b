package dev.dray.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class BenchJsonTest {
    @Test
    void hasTheSameMembersWhateverWasMeasured() {
        ObjectNode json = BenchJson.of(new Measured().report());

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "backend",
                        "model-server",
                        "route",
                        "dray",
                        "at",
                        "ended",
                        "reason",
                        "streamed",
                        "capacity",
                        "stages",
                        "saturation",
                        "advice");
        assertThat(BenchJson.of(new Measured().failed("gone").report()).fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> json.fieldNames());
    }

    @Test
    void stagesRiseAndTimesAreSeconds() {
        JsonNode stages = BenchJson.of(new Measured().report()).path("stages");

        assertThat(stages.findValuesAsText("concurrency")).containsExactly("1", "4", "8");
        JsonNode last = stages.path(2);
        assertThat(last.path("ended").asText()).isEqualTo("unstable");
        assertThat(last.path("failed").path("status 429").asInt()).isEqualTo(2);
        assertThat(last.path("end-to-end").path("p50").asDouble()).isEqualTo(1.1);
        assertThat(last.path("end-to-end").path("max").asDouble()).isEqualTo(2);
        assertThat(last.path("end-to-end").has("bins")).isFalse();
        assertThat(last.path("inter-token").isNull()).isTrue();
    }

    @Test
    void adviceIsReadyToUse() {
        JsonNode advice = BenchJson.of(new Measured().report()).path("advice");

        assertThat(advice.path("max-queue-time").asDouble()).isEqualTo(1);
        assertThat(advice.path("model-connections").isNull()).isTrue();
        assertThat(advice.path("worker.yaml").asText()).endsWith("    benchmark: {concurrency: 4}\n");
    }
}
