package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker of which the file says everything, and expressions over the routes of another plugin.
class DeclarativeIT {
    @Test
    void servesFromTheFirstLogLineToTheFatalOne(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("declarative", folder)) {
            twin.world()
                    .set("log-actions.on-load", "[model is up]")
                    .set("log-actions.on-error", "['fatal:']")
                    .handler("route: /gen, allow-parallel-requests: true, workload: payload.tokens * 2,"
                            + " request: \"{'inputs': payload.text, 'max': payload.tokens}\","
                            + " benchmark: {runs: 3, concurrency: 2,"
                            + " template: {text: 'say ${random_words(4)}', tokens: 50}}")
                    .handler("route: /stream, workload: size(payload.text)");
            twin.answers("/gen", "{\"out\": 1}")
                    .streams("/stream", "one", "two", "[DONE]")
                    .start();
            twin.logs("loading weights", "model is up").awaitReady();
            assertThat(twin.benchmark())
                    .hasSizeBetween(5, 7)
                    .allMatch(call -> call.text().matches("\\{\"inputs\":\"say( [a-z]+){4}\",\"max\":50}"));

            assertThat(twin.ask("/gen", "{\"text\": \"hé\", \"tokens\": 5}").text())
                    .isEqualTo("{\"out\": 1}");
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Success");
            assertThat(twin.ask("/stream", "{\"text\": \"four\"}").text()).contains("data: one", "data: [DONE]");
            assertThat(twin.served())
                    .extracting(Call::text)
                    .containsExactly("{\"inputs\":\"hé\",\"max\":5}", "{\"text\": \"four\"}");
            awaitServed(twin.world(), 14);

            Answer refused = twin.ask("/gen", "{\"tokens\": 5}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("payload", "'text'");
            twin.ask("/stream", "{\"no text\": 1}");
            assertThat(World.get(twin.world().adminPort(), "/metrics").text())
                    .contains("dray_workload_fallbacks_total{route=\"/stream\"} 1")
                    .contains("dray_workload_fallbacks_total{route=\"/gen\"} 0");

            twin.answers("/gen", 500, "{\"error\": \"out of memory\"}");
            assertThat(twin.ask("/gen", "{\"text\": \"a\", \"tokens\": 1}").status())
                    .isEqualTo(500);
            assertThat(twin.outcome().path("status").asText()).isEqualTo("Error");
            twin.logs("fatal: no device").awaitFailed("fatal:");
            twin.keepRecord();
        }
    }

    @Test
    void pricesTheRoutesOfAnotherPlugin(@TempDir Path folder) throws Exception {
        try (Twin twin = Twin.of("vllm", folder)) {
            twin.world().set("capacity", "1000").handler("route: /v1/completions, workload: size(payload.prompt)");
            twin.answers("/v1/completions", "{\"choices\": []}").start();
            twin.logs("INFO: Application startup complete.").awaitReady();

            assertThat(twin.ask("/v1/completions", "{\"prompt\": \"four\", \"max_tokens\": 99}")
                            .status())
                    .isEqualTo(200);
            awaitServed(twin.world(), 4);
        }
    }

    @Test
    void listsEveryMistakeInExpressionsWithItsPlaceAndExitsWithTwo(@TempDir Path folder) throws Exception {
        Path config = folder.resolve("worker.yaml");
        Files.writeString(config, """
                backend: declarative
                model: {url: "http://127.0.0.1:1", log-file: none}
                handlers:
                  - route: /a
                    workload: paylod.n
                    request: |
                      {'text': payload.text,
                       'n': sise(payload.n)}
                    benchmark:
                      template: {text: "${random_words('ten')}"}
                """);

        try (RunningProgram program = RunningProgram.start(Map.of(), "run", "--config", config.toString())) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output())
                    .contains("worker.yaml:5:15: 'handlers[0].workload': undeclared reference to 'paylod'")
                    .contains("worker.yaml:8:13: 'handlers[0].request': undeclared reference to 'sise'")
                    .contains("worker.yaml:10:39: 'handlers[0].benchmark.template.text': found no matching overload");
        }
    }

    // An answer is at the client a moment before its end is in the books.
    private static void awaitServed(World world, double units) throws InterruptedException {
        world.await(
                units + " units served",
                () -> world.status().path("workload-units").path("served").asDouble() == units);
    }
}
