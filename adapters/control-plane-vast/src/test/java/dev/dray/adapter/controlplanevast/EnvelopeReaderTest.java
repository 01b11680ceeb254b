package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows of the protocol's table of error bodies.
class EnvelopeReaderTest {
    private static final String AUTH = """
        {"cost": 1, "endpoint": "e", "reqnum": 1, "request_idx": 2, "signature": "s", "url": "u"}\
        """;
    private static final String BOTH_MISSING = "{\"auth_data\": \"field missing\", \"payload\": \"field missing\"}";
    private static final String ALL_SIX = """
        {"auth_data": {"cost": "missing parameter", "endpoint": "missing parameter", "reqnum": "missing parameter", \
        "request_idx": "missing parameter", "signature": "missing parameter", "url": "missing parameter"}}\
        """;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"auth_data\": }", "hello", "{'a': 1}", "{} {}", "\ufeff{}"})
    void refusesWhatIsNotJson(String body) {
        assertThat(refusal(body)).isEqualTo("{\"error\": \"invalid JSON\"}");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Bytes body = Bytes.of(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

        assertThat(refusal(EnvelopeReader.read(body, false))).isEqualTo("{\"error\": \"invalid JSON\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "{}", "null", "1", "true", "NaN", "[\"auth_data\", \"payload\"]"})
    void refusesWhatIsNoEnvelope(String body) {
        assertThat(refusal(body)).isEqualTo(BOTH_MISSING);
    }

    @Test
    void refusesAnEnvelopeWithoutAuthData() {
        assertThat(refusal("{\"payload\": {}}")).isEqualTo("{\"auth_data\": \"field missing\"}");
    }

    @Test
    void refusesAnEnvelopeWithoutPayload() {
        assertThat(refusal("{\"auth_data\": " + AUTH + "}")).isEqualTo("{\"payload\": \"field missing\"}");
    }

    @Test
    void listsTheFieldsThatAuthDataLacksInTheirOrder() {
        String body = "{\"payload\": {}, \"auth_data\": {\"url\": \"u\", \"reqnum\": 1, \"cost\": null}}";

        assertThat(refusal(body)).isEqualTo("""
            {"auth_data": {"endpoint": "missing parameter", "request_idx": "missing parameter", \
            "signature": "missing parameter"}}\
            """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "true",
                "\"text\"",
                "[]",
                "{}",
                "\"cost endpoint reqnum request_idx signature url\"",
                "[\"cost\", \"endpoint\", \"reqnum\", \"request_idx\", \"signature\", \"url\"]"
            })
    void listsAllFieldsWhereAuthDataHasNone(String authData) {
        assertThat(refusal("{\"auth_data\": " + authData + ", \"payload\": {}}"))
                .isEqualTo(ALL_SIX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "[]", "1", "false"})
    void refusesAPayloadThatIsNoObject(String payload) {
        assertThat(refusal("{\"auth_data\": " + AUTH + ", \"payload\": " + payload + "}"))
                .isEqualTo("{\"payload\": {\"data\": \"payload must be a dictionary\"}}");
    }

    @Test
    void mergesSeveralProblems() {
        assertThat(refusal(
                        "{\"session_id\": [], \"payload\": [], \"auth_data\": " + AUTH.replace("cost", "price") + "}"))
                .isEqualTo("""
                    {"auth_data": {"cost": "missing parameter"}, \
                    "payload": {"data": "payload must be a dictionary"}, "session_id": "must be a string or null"}\
                    """);
        assertThat(refusal("{\"payload\": null}")).isEqualTo("""
            {"auth_data": "field missing", "payload": {"data": "payload must be a dictionary"}}\
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"id\": 1}"})
    void refusesASessionIdThatIsNested(String id) {
        assertThat(refusal("{\"auth_data\": " + AUTH + ", \"payload\": {}, \"session_id\": " + id + "}"))
                .isEqualTo("{\"session_id\": \"must be a string or null\"}");
    }

    @ParameterizedTest
    @CsvSource({"\"one\", false", "null, false", "[], false", "{}, false", "[], true", "{}, true"})
    void refusesAReqnumTheReferenceWorkerFailsOn(String reqnum, boolean unsecured) {
        String body = withAuth("\"reqnum\": 1", "\"reqnum\": " + reqnum);

        assertThat(refusal(EnvelopeReader.read(Bytes.utf8(body), unsecured)))
                .isEqualTo("{\"auth_data\": {\"reqnum\": \"must be a number\"}}");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "-7, false", "1.5, false", "true, false", "NaN, false", "\"one\", true", "null, true"})
    void takesAnyOtherReqnum(String reqnum, boolean unsecured) {
        String body = withAuth("\"reqnum\": 1", "\"reqnum\": " + reqnum);

        assertThat(reference(EnvelopeReader.read(Bytes.utf8(body), unsecured))
                        .reqnum()
                        .source()
                        .utf8Text())
                .isEqualTo(reqnum);
    }

    @Test
    void refusesARequestIdxThatNoReportCouldCarry() {
        assertThat(refusal(withAuth("\"request_idx\": 2", "\"request_idx\": {}")))
                .isEqualTo("{\"auth_data\": {\"request_idx\": \"must be an integer\"}}");
        assertThat(refusal(withAuth("\"request_idx\": 2", "\"request_idx\": \"" + "9".repeat(300) + "\"")))
                .isEqualTo("{\"auth_data\": {\"request_idx\": \"must be an integer\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "5678, true",
        "0, true",
        "-3, true",
        "999999999999999999, true",
        "9999999999999999999, false",
        "\"5678\", false",
        "1.0, false",
        "1e3, false",
        "null, false",
        "true, false"
    })
    void tellsTheIntegersOfThePlatformFromWhatClientsInvent(String requestIdx, boolean genuine) {
        VastReference reference = reference(withAuth("\"request_idx\": 2", "\"request_idx\": " + requestIdx));

        assertThat(reference.requestIdxJson()).isEqualTo(requestIdx);
        assertThat(reference.isGenuine()).isEqualTo(genuine);
    }

    @Test
    void handsOnThePayloadAsARangeOfTheBody() {
        Bytes body =
                Bytes.utf8("{\"payload\" : { \"n\": 1.50, \"n\" : 2 } , \"auth_data\": " + AUTH + ", \"more\": [1]}");

        Envelope envelope = Samples.opened(EnvelopeReader.read(body, false));

        assertThat(envelope.payload().bytes().array()).isSameAs(body.array());
        assertThat(envelope.payload().bytes().utf8Text()).isEqualTo("{ \"n\": 1.50, \"n\" : 2 }");
        assertThat(envelope.sessionId()).isEmpty();
    }

    @Test
    void takesTheLastOfDoubledNames() {
        String auth = AUTH.replace("{", "{\"url\": 5, ");
        String body = """
            {"auth_data": null, "payload": 1, "session_id": [], "auth_data": %s, "payload": {"a": 1}, \
            "session_id": "x", "p\\u0061yload": {"a": 2}}\
            """.formatted(auth);

        Envelope envelope = Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false));

        assertThat(envelope.payload().bytes().utf8Text()).isEqualTo("{\"a\": 2}");
        assertThat(envelope.sessionId()).contains("x");
        assertThat(((VastReference) envelope.reference()).url().text()).contains("u");
    }

    @ParameterizedTest
    @CsvSource({"\"s1\", s1", "5, 5", "false, false"})
    void handsOnTheSessionId(String json, String id) {
        String body = "{\"auth_data\": " + AUTH + ", \"payload\": {}, \"session_id\": " + json + "}";

        assertThat(Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false)).sessionId())
                .contains(id);
    }

    @Test
    void handsOnAnEmptySessionIdToBeRefused() {
        String body = "{\"auth_data\": " + AUTH + ", \"payload\": {}, \"session_id\": \"\"}";

        assertThat(Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false)).sessionId())
                .contains("");
    }

    @Test
    void letsTheWholeAnswerOfRoutePass() {
        assertThat(reference(withAuth("\"cost\": 1", "\"cost\": 1, \"__request_id\": \"r\", \"status\": [{}]")))
                .isNotNull();
    }

    private static String withAuth(String from, String to) {
        return "{\"auth_data\": " + AUTH.replace(from, to) + ", \"payload\": {}}";
    }

    private static VastReference reference(String body) {
        return reference(EnvelopeReader.read(Bytes.utf8(body), false));
    }

    private static VastReference reference(Opened opened) {
        return (VastReference) Samples.opened(opened).reference();
    }

    private static String refusal(String body) {
        return refusal(EnvelopeReader.read(Bytes.utf8(body), false));
    }

    private static String refusal(Opened opened) {
        Reply reply = ((Opened.Malformed) opened).reply();
        assertThat(reply.status()).isEqualTo(422);
        assertThat(HeaderField.first(reply.headers(), "Content-Type")).contains("application/json; charset=utf-8");
        return reply.body().utf8Text();
    }
}
