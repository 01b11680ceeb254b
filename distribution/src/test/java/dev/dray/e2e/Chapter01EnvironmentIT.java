package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 1.1 and 1.3: what the worker and its plugins read from the environment.
class Chapter01EnvironmentIT {
    private static World world(Path folder) throws IOException {
        return new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    @Test
    void namesEveryMissingVariableAtOnceAndExitsWithTwo() throws Exception {
        // One of the platform's variables is there: so there is a platform.
        try (RunningProgram program = RunningProgram.start(
                Map.of("MASTER_TOKEN", "tok", "REPORT_ADDR", "http://127.0.0.1:9"), "run", "--backend", "demo")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output())
                    .contains("CONTAINER_ID")
                    .contains("WORKER_PORT")
                    .contains("PUBLIC_IPADDR")
                    .contains("VAST_TCP_PORT_");
        }
    }

    @Test
    void refusesEveryWrongVariableAtOnce(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.variable("CONTAINER_ID", "seven")
                    .variable("UNSECURED", "perhaps")
                    .variable("REPORT_ADDR", "ftp://somewhere");
            world.start();

            assertThat(world.worker().awaitExit()).isEqualTo(2);
            assertThat(world.worker().output())
                    .contains("CONTAINER_ID", "'seven'")
                    .contains("UNSECURED", "'perhaps'")
                    .contains("REPORT_ADDR", "ftp://somewhere");
        }
    }

    @ParameterizedTest
    @CsvSource({"y, 200", "'', 401"})
    void readsTheWordsOfUnsecured(String word, int status, @TempDir Path folder) throws Exception {
        try (World world = world(folder).variable("UNSECURED", word)) {
            world.log().append(ModelLog.LOADED);
            world.start();
            world.await(
                    "readiness", () -> World.get(world.adminPort(), "/readyz").status() == 200);
            String forged = world.signed("{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");

            assertThat(world.post("/open", forged).status()).isEqualTo(status);
        }
    }

    @Test
    void reportsWhatTheVariablesSay(@TempDir Path folder) throws Exception {
        try (World world = world(folder).withoutVariable("MASTER_TOKEN").unset("worker.http-port")) {
            world.variable("PUBLIC_IPADDR", "203.0.113.7")
                    .variable("VAST_TCP_PORT_" + world.port(), "41234")
                    .variable("DRAY_REPORTED_VERSION", "1.2.3")
                    .variable("WORKER_HTTP_PORT", "" + world.internalPort())
                    .variable("USE_SSL", "TRUE");
            world.start();

            JsonNode report = world.awaitReport("anything", one -> true);

            assertThat(report.path("id").asInt()).isEqualTo(77);
            assertThat(report.path("mtoken").asText("?")).isEmpty();
            assertThat(report.path("version").asText()).isEqualTo("1.2.3");
            assertThat(report.path("url").asText())
                    .as("only 'true' switches TLS on")
                    .isEqualTo("http://203.0.113.7:41234");
            world.worker().awaitLine("internal       http://127.0.0.1:" + world.internalPort());
        }
    }

    @Test
    void triesEachAddressOfAListAsItStands(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.variable("REPORT_ADDR", world.platform().url() + "/sub/path/ , http://127.0.0.1:9");
            world.start();

            world.await("calls below the path", () -> {
                List<String> paths =
                        world.platform().wire().calls().stream().map(Call::path).toList();
                return paths.contains("/sub/path/pubkey/") && paths.contains("/sub/path/worker_status/");
            });
        }
    }

    @Test
    void takesThePluginsVariables(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("engine.log");
        try (World world =
                new World(folder).set("backend", "vllm").unset("model.log-file").unset("model.health")) {
            world.variable("MODEL_LOG", log.toString())
                    .variable("MODEL_HEALTH_ENDPOINT", "/healthy")
                    .variable("MODEL_LOAD_LOG_MSG", " up and running \n\nother marker")
                    .variable("MODEL_ERROR_LOG_MSGS", "burnt down")
                    .variable("VLLM_MODEL", "small")
                    .variable("OPENAI_ROUTES", "/v1/chat/completions, /v1/completions")
                    .variable("BENCHMARK_ROUTE", "/v1/chat/completions")
                    .unset("capacity");
            new ModelLog(log).append("Application startup complete.\n");
            world.start();
            world.await("loading", () -> world.status().path("state").asText().equals("loading"));
            new ModelLog(log).append("it is up and running now\n");

            world.awaitReady();

            assertThat(world.model().calls("/healthy")).isNotEmpty();
            assertThat(world.model().calls("/v1/chat/completions")).isNotEmpty().allSatisfy(call -> {
                assertThat(call.json().path("model").asText()).isEqualTo("small");
                assertThat(call.json().path("max_tokens").asInt()).isEqualTo(500);
            });
            assertThat(world.post("/v1/embeddings", world.signed("{}")).status())
                    .isEqualTo(404);
            assertThat(world.post("/v1/completions", world.signed("{\"prompt\": \"p\", \"max_tokens\": 1}"))
                            .status())
                    .isEqualTo(200);
            new ModelLog(log).append("it is burnt down\n");
            world.awaitReport(
                    "marker", report -> report.path("error_msg").asText().contains("burnt down"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nonsense", "/v1/embeddings"})
    void refusesABenchmarkRouteThatIsNotServed(String route, @TempDir Path folder) throws Exception {
        try (World world = new World(folder).set("backend", "vllm")) {
            world.variable("BENCHMARK_ROUTE", route).variable("OPENAI_ROUTES", "/v1/completions");
            world.start();

            assertThat(world.worker().awaitExit()).isEqualTo(2);
            assertThat(world.worker().output()).contains("BENCHMARK_ROUTE").contains(route);
        }
    }
}
