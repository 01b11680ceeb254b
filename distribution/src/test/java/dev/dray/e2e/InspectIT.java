package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dray explain` and `dray check`, as packaged.
class InspectIT {
    @TempDir
    Path folder;

    @Test
    void explainsOnePayload() throws Exception {
        Path payload = Files.writeString(folder.resolve("payload.json"), "{\"prompt\": \"hi\", \"max_tokens\": 500}");

        String printed = run(0, "explain", "--backend", "vllm", "--route", "/v1/completions", payload.toString());

        assertThat(printed)
                .endsWith("{\"workload\": 500.0, \"model-request\": {\"kind\": \"unchanged\"}, \"problems\": {}}");
    }

    @Test
    void explainsEachLineInOrder() throws Exception {
        String lines = IntStream.range(0, 20_000)
                .mapToObj(i -> i == 7 ? "no json" : "{\"prompt\": \"" + "x".repeat(i % 90) + "\"}")
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("payloads.jsonl"), lines);

        String[] answers = run(0, "explain", "--backend", "demo", "--route", "/my/route", "--jsonl", file.toString())
                .split("\n");

        assertThat(answers).hasSize(20_000);
        assertThat(answers[7]).contains("\"payload\": \"not JSON");
        for (int i : new int[] {0, 8, 89, 90, 19_999}) {
            assertThat(answers[i]).startsWith("{\"workload\": " + (double) (i % 90));
        }
    }

    @Test
    void exitsWithTwoAndNamesTheRoutesThereAre() throws Exception {
        Path payload = Files.writeString(folder.resolve("payload.json"), "{}");

        assertThat(run(2, "explain", "--backend", "demo", "--route", "/none", payload.toString()))
                .contains("'/none'")
                .contains("/my/route");
        assertThat(run(2, "explain", "--backend", "demo", "--route", "/my/route", "absent.json"))
                .contains("absent.json");
        assertThat(run(2, "explain", "--backend", "demo", "--route", "/my/route"))
                .contains("PAYLOAD.json");
    }

    @Test
    void exitsWithTwoWhereThePayloadIsNotJson() throws Exception {
        Path payload = Files.writeString(folder.resolve("payload.json"), "hello");

        assertThat(run(2, "explain", "--backend", "demo", "--route", "/my/route", payload.toString()))
                .contains("not JSON");
    }

    @Test
    void checksEverySettingWithItsOriginAndHidesSecrets() throws Exception {
        Path config = Files.writeString(folder.resolve("worker.yaml"), """
                backend: demo
                model: {headers: {Authorization: Bearer hush}}
                security: {control-plane: none, api-keys: [hush-too]}
                handlers:
                  - route: /my/route
                    queue: own
                    workload: 12
                """);

        JsonNode report = Json.read(run(0, "check", "--json", "--config", config.toString()));

        assertThat(report.path("valid").asBoolean()).isTrue();
        assertThat(report.toString()).doesNotContain("hush");
        assertThat(setting(report, "backend")).isEqualTo("demo " + config + ":1");
        assertThat(setting(report, "model.headers")).isEqualTo("(set) " + config + ":2");
        assertThat(setting(report, "model.url")).isEqualTo("http://127.0.0.1:18000 plugin demo");
        assertThat(setting(report, "limits.queue")).isEqualTo("1000 default");
        JsonNode route = report.path("routes").path(0);
        assertThat(route.path("queue").asText()).isEqualTo("serial, queue 'own'");
        assertThat(route.path("cost").asText()).startsWith("12 ").endsWith(config + ":7)");
        assertThat(route.path("benchmark").asText()).contains("5 runs").contains("plugin demo");
    }

    @Test
    void checkListsEveryProblem() throws Exception {
        Path config = Files.writeString(folder.resolve("worker.yaml"), "backend: demo\nmodell: 1\ncapacity: fast\n");

        assertThat(run(2, "check", "--config", config.toString()))
                .contains("worker.yaml:2")
                .contains("worker.yaml:3");
    }

    @Test
    void checkNeedsNoPlatformButSaysWhatARunWouldMiss() throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of("CONTAINER_ID", "7"), "check", "--backend", "demo")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output())
                    .contains("warning: 'dray run' would not start here: $PUBLIC_IPADDR")
                    .contains("  /my/route");
        }
    }

    private static String setting(JsonNode report, String key) {
        for (JsonNode setting : report.path("settings")) {
            if (setting.path("key").asText().equals(key)) {
                return setting.path("value").asText() + " "
                        + setting.path("origin").asText();
            }
        }
        throw new AssertionError("no setting " + key + " in " + report);
    }

    private static String run(int exitCode, String... arguments) throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), arguments)) {
            assertThat(program.awaitExit()).as(program.output()).isEqualTo(exitCode);
            return program.output();
        }
    }
}
