package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 13: routes that a plugin answers inside the worker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter13LocalRoutesIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder);
        ScriptedPlugin.write(folder.resolve("plugins"));
        world.set("backend", "scripted")
                .variable("DRAY_PLUGINS", folder.resolve("plugins").toString())
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    @Test
    void wrapsWhatTheCallReturnsAndAsksNoModelServer() throws Exception {
        int idx = world.nextIdx();
        int calls = world.model().calls("/local").size();

        Answer answer = world.post("/local", world.signed(idx, "{\"a\": 1e2}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"result\": {\"was\": {\"a\": 1e2}}}");
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(world.model().calls("/local")).hasSize(calls);
        JsonNode outcome = world.awaitOutcome(idx);
        assertThat(outcome.path("status").asText()).isEqualTo("Success");
        world.awaitReport("its price", report -> report.path("cur_perf").asDouble() == 12);
    }

    @Test
    void checksEnvelopeAndSignatureAsForAnyRoute() throws Exception {
        String forged = world.signed("{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");

        assertThat(world.post("/local", "{}").status()).isEqualTo(422);
        assertThat(world.post("/local", forged).status()).isEqualTo(401);
    }

    @Test
    void answersAFaultWithThePluginsNameAndCountsAnError() throws Exception {
        int idx = world.nextIdx();

        Answer answer = world.post("/local-fault", world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("plugin");
        assertThat(answer.text()).contains("scripted").doesNotContain("secret prompt");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }

    @Test
    void endsTheCallWhenTheClientHangsUpAndGivesTheLaneToTheNext() throws Exception {
        int idx = world.nextIdx();
        try (RawClient client = world.client();
                RawClient next = world.client()) {
            client.post("/local-wait", world.signed(idx, "{}"));
            world.await("running call", () -> world.status().path("in-flight").asInt() == 1);
            next.post("/local", world.signed("{}"));
            world.await("waiting call", () -> world.status().path("queued").asInt() == 1);

            client.reset();

            assertThat(next.answer().status()).isEqualTo(200);
        }
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
    }
}
