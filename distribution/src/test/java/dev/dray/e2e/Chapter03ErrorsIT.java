package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 3.1: every row of the table of errors, to the byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter03ErrorsIT {
    private static final String BOTH_MISSING = "{\"auth_data\": \"field missing\", \"payload\": \"field missing\"}";
    private static final String SIX_MISSING = """
            {"auth_data": {"cost": "missing parameter", "endpoint": "missing parameter", "reqnum": "missing parameter", \
            "request_idx": "missing parameter", "signature": "missing parameter", "url": "missing parameter"}}""";
    private static final String NO_DICTIONARY = "{\"payload\": {\"data\": \"payload must be a dictionary\"}}";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder);
        ScriptedPlugin.write(folder.resolve("plugins"));
        world.set("backend", "scripted")
                .variable("DRAY_PLUGINS", folder.resolve("plugins").toString());
        world.handler("route: /narrow, allow-parallel-requests: true, max-queue-time: 0");
        world.ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    static List<Arguments> malformedEnvelopes() {
        String auth = "{\"cost\": 1, \"endpoint\": \"e\", \"reqnum\": 1, \"request_idx\": 1, \"signature\": \"x\","
                + " \"url\": \"u\"}";
        return List.of(
                Arguments.of("empty", "", "{\"error\": \"invalid JSON\"}"),
                Arguments.of("no JSON", "hello", "{\"error\": \"invalid JSON\"}"),
                Arguments.of("cut off", "{\"auth_data\": ", "{\"error\": \"invalid JSON\"}"),
                Arguments.of("two values", "{} {}", "{\"error\": \"invalid JSON\"}"),
                Arguments.of("list", "[]", BOTH_MISSING),
                Arguments.of("text", "\"text\"", BOTH_MISSING),
                Arguments.of("empty object", "{}", BOTH_MISSING),
                Arguments.of("null", "null", BOTH_MISSING),
                Arguments.of("number", "5", BOTH_MISSING),
                Arguments.of("boolean", "true", BOTH_MISSING),
                Arguments.of("no auth_data", "{\"payload\": {}}", "{\"auth_data\": \"field missing\"}"),
                Arguments.of("no payload", "{\"auth_data\": " + auth + "}", "{\"payload\": \"field missing\"}"),
                Arguments.of(
                        "fields missing",
                        "{\"auth_data\": {\"reqnum\": 1, \"cost\": 1, \"url\": \"u\"}, \"payload\": {}}",
                        "{\"auth_data\": {\"endpoint\": \"missing parameter\", \"request_idx\": \"missing parameter\","
                                + " \"signature\": \"missing parameter\"}}"),
                Arguments.of("auth_data text", "{\"auth_data\": \"text\", \"payload\": {}}", SIX_MISSING),
                Arguments.of("auth_data list", "{\"auth_data\": [\"x\"], \"payload\": {}}", SIX_MISSING),
                Arguments.of(
                        "auth_data list of the names",
                        "{\"auth_data\": [\"cost\", \"endpoint\", \"reqnum\", \"request_idx\", \"signature\","
                                + " \"url\"], \"payload\": {}}",
                        SIX_MISSING),
                Arguments.of("auth_data null", "{\"auth_data\": null, \"payload\": {}}", SIX_MISSING),
                Arguments.of("auth_data number", "{\"auth_data\": 5, \"payload\": {}}", SIX_MISSING),
                Arguments.of("payload null", "{\"auth_data\": " + auth + ", \"payload\": null}", NO_DICTIONARY),
                Arguments.of("payload text", "{\"auth_data\": " + auth + ", \"payload\": \"p\"}", NO_DICTIONARY),
                Arguments.of("payload list", "{\"auth_data\": " + auth + ", \"payload\": []}", NO_DICTIONARY),
                Arguments.of("payload number", "{\"auth_data\": " + auth + ", \"payload\": 1}", NO_DICTIONARY),
                Arguments.of(
                        "several problems",
                        "{\"auth_data\": {\"cost\": 1, \"endpoint\": \"e\", \"reqnum\": 1, \"request_idx\": 1,"
                                + " \"signature\": \"x\"}, \"payload\": []}",
                        "{\"auth_data\": {\"url\": \"missing parameter\"}, \"payload\": {\"data\": \"payload must be a"
                                + " dictionary\"}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedEnvelopes")
    void refusesAMalformedEnvelope(String name, String body, String expected) throws IOException {
        Answer answer = world.post("/plain", body);

        assertThat(answer.status()).as(name).isEqualTo(422);
        assertThat(answer.text()).isEqualTo(expected);
        assertThat(answer.header("Content-Type")).hasValue("application/json; charset=utf-8");
    }

    @Test
    void refusesABodyThatIsNotUtf8AsInvalidJson() throws IOException {
        byte[] body = "{\"auth_data\": {}, \"payload\": {\"text\": \"\u00fc\"}}".getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = world.client()) {
            Answer answer = client.request("POST", "/plain", body).answer();

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text()).isEqualTo("{\"error\": \"invalid JSON\"}");
        }
    }

    @Test
    void acceptsAnEmptyPayloadAndForwardsIt() throws Exception {
        int before = world.model().calls("/plain").size();

        assertThat(world.post("/plain", world.signed("{}")).status()).isEqualTo(200);

        assertThat(world.awaitModelCall("/plain", before + 1).text()).isEqualTo("{}");
    }

    @Test
    void tellsTheClientWhatThePluginsCheckFound() throws Exception {
        int idx = world.nextIdx();
        Answer answer = world.post("/strict", world.signed(idx, "{\"ref_audio\": \"file:x\", \"size\": \"big\"}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .isEqualTo("{\"payload\": {\"ref_audio\": \"must be an http(s) URL or a data: URI\","
                        + " \"size\": \"must be WxH\"}}");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
        assertThat(world.model().calls("/strict")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/faulty-check", "/faulty-request"})
    void answersWithTheNameOfAPluginThatThrowsAndWithNothingOfThePayload(String route) throws Exception {
        int idx = world.nextIdx();
        Answer answer = world.post(route, world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("plugin");
        JsonNode error = answer.json().path("error");
        assertThat(error.path("source").asText()).isEqualTo("plugin");
        assertThat(error.path("message").asText()).contains("'scripted'").doesNotContain("secret prompt");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }

    @Test
    void forwardsAnyJsonThatThePluginMakes() throws Exception {
        assertThat(world.post("/unwrapped", world.signed("{\"a\": 1}")).status())
                .isEqualTo(200);

        assertThat(world.awaitModelCall("/unwrapped", 1).text()).isEqualTo("[1, \"not an object\"]");
    }

    @ParameterizedTest
    @CsvSource({"throws, 100", "nan, 100", "infinite, 100", "negative, 100", "fair, 7"})
    void countsAHundredWhereThePluginHasNoPrice(String price, double units) throws Exception {
        double before = world.status().path("workload-units").path("received").asDouble();

        assertThat(world.post("/priced", world.signed("{\"price\": \"" + price + "\"}"))
                        .status())
                .isEqualTo(200);

        world.await(
                "priced request",
                () -> world.status().path("workload-units").path("received").asDouble() == before + units);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"0123456789abc\"", "5", "true"})
    void answersGoneForAnUnknownSession(String session) throws Exception {
        int idx = world.nextIdx();
        String body = world.signed(idx, "{}").replace("\"session_id\": null", "\"session_id\": " + session);
        Answer answer = world.post("/plain", body);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text()).isEqualTo("{\"error\": \"invalid session\"}");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}"})
    void refusesASessionIdThatIsNoText(String session) throws Exception {
        Answer answer =
                world.post("/plain", world.signed("{}").replace("\"session_id\": null", "\"session_id\": " + session));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).isEqualTo("{\"session_id\": \"must be a string or null\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"no signature\"", "\"\"", "null", "5", "[\"x\"]"})
    void answersUnauthorizedWithNothingForABadSignature(String signature) throws Exception {
        int idx = world.nextIdx();
        String body = world.signed(idx, "{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": " + signature);
        Answer answer = world.post("/plain", body);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Length")).hasValue("0");
        assertThat(answer.header("Content-Type")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "null", "[]", "{}"})
    void refusesAReqnumThatIsNoNumber(String reqnum) throws Exception {
        String body = world.signed("{}").replaceFirst("\"reqnum\": [0-9]+", "\"reqnum\": " + reqnum);
        Answer answer = world.post("/plain", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).isEqualTo("{\"auth_data\": {\"reqnum\": \"must be a number\"}}");
    }

    @Test
    void shedsWithTheTimeToComeAgainWhenTheQueueIsTooLong() throws Exception {
        var gate = new Gate();
        world.model().on("/narrow", call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
        int idx = world.nextIdx();
        try (RawClient first = world.client()) {
            first.post("/narrow", world.signed("{}"));
            world.awaitModelCall("/narrow", 1);

            Answer answer = world.post("/narrow", world.signed(idx, "{}"));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(answer.header("X-Dray-Error-Source")).hasValue("worker");
            assertThat(answer.json().path("error").path("code").asText()).isNotEmpty();
            assertThat(answer.json().path("error").path("retry-after-seconds").asInt())
                    .isEqualTo(Integer.parseInt(answer.header("Retry-After").get()));
            gate.open();
            assertThat(first.answer().status()).isEqualTo(200);
        }
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
    }

    @Test
    void passesTheModelServersErrorsThrough() throws Exception {
        world.model().on("/plain", call -> call.answer(418, "{\"detail\": \"teapot\"}"));
        try {
            Answer answer = world.post("/plain", world.signed("{}"));

            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.text()).isEqualTo("{\"detail\": \"teapot\"}");
            assertThat(answer.header("X-Dray-Error-Source")).isEmpty();
        } finally {
            world.model().on("/plain", call -> call.answer(200, "{}"));
        }
    }

    @Test
    void answersBadGatewayWhenTheModelServerDropsTheRequest() throws Exception {
        world.model().on("/plain", Call::reset);
        try {
            int idx = world.nextIdx();
            Answer answer = world.post("/plain", world.signed(idx, "{}"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("X-Dray-Error-Source")).hasValue("model");
            assertThat(answer.json().path("error").path("source").asText()).isEqualTo("model");
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
        } finally {
            world.model().on("/plain", call -> call.answer(200, "{}"));
        }
    }

    @Test
    void leavesNoTraceOfWhatDidNotVerify() throws Exception {
        int forged = world.nextIdx();
        String body = world.signed(forged, "{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");
        assertThat(world.post("/plain", body).status()).isEqualTo(401);
        int good = world.nextIdx();
        assertThat(world.post("/plain", world.signed(good, "{}")).status()).isEqualTo(200);

        world.awaitOutcome(good);

        assertThat(world.platform().outcome(forged)).isEmpty();
    }
}
