package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Refusal.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainProtocolTest {
    private final PlainProtocol open = new PlainProtocol(List.of());
    private final PlainProtocol locked = new PlainProtocol(List.of("key-one", "schlüssel"));

    @Test
    void takesTheBodyForThePayload() {
        Envelope envelope = Samples.opened(open.open(Samples.request(" {\"auth_data\": 1} ")));

        assertThat(envelope.payload().bytes().utf8Text()).isEqualTo("{\"auth_data\": 1}");
        assertThat(envelope.sessionId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nope"})
    void refusesWhatIsNotJson(String body) {
        Reply reply = ((Opened.Malformed) open.open(Samples.request(body))).reply();

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().utf8Text())
                .startsWith("{\"error\": {\"message\": \"the request body is not JSON: at byte ")
                .endsWith("\"type\": \"invalid_request_error\", \"code\": \"invalid-json\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\""})
    void refusesWhatIsNoObject(String body) {
        Reply reply = ((Opened.Malformed) open.open(Samples.request(body))).reply();

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().utf8Text()).contains("must be a JSON object");
        assertThat(HeaderField.first(reply.headers(), "X-Dray-Error-Source")).contains("client");
    }

    @Test
    void asksForNoKeyWhereNoneIsSet() {
        assertThat(open.verify(Samples.opened(open.open(Samples.request("{}"))).reference()))
                .isEqualTo(Verdict.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer key-one, VERIFIED", "bearer schlüssel, VERIFIED", "Bearer  key-one , VERIFIED",
                "Bearer key-on, UNVERIFIED",
        "Bearer key-onee, UNVERIFIED", "key-one, UNVERIFIED", "Basic key-one, UNVERIFIED", "Bearer, UNVERIFIED",
        "'', UNVERIFIED"
    })
    void comparesTheBearerKey(String authorization, Verdict verdict) {
        Envelope envelope =
                Samples.opened(locked.open(Samples.request("{}", new HeaderField("authorization", authorization))));

        assertThat(locked.verify(envelope.reference())).isEqualTo(verdict);
        assertThat(envelope.reference()).asString().doesNotContain("key-one");
    }

    @Test
    void refusesARequestWithoutAKey() {
        assertThat(locked.verify(
                        Samples.opened(locked.open(Samples.request("{}"))).reference()))
                .isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void answersAWrongKeyInTheShapeOpenAiClientsKnow() {
        Reply reply = locked.refusal(Refusal.of(Kind.UNVERIFIED, ErrorSource.CLIENT, "no"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().utf8Text())
                .contains("\"type\": \"authentication_error\"")
                .contains("\"code\": \"invalid_api_key\"");
        assertThat(HeaderField.first(reply.headers(), "WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void namesTheFieldOfABadPayload() {
        var refusal = new Refusal(
                Kind.INVALID_PAYLOAD, ErrorSource.CLIENT, "bad", Map.of("prompt", "is missing"), Optional.empty());

        assertThat(open.refusal(refusal).body().utf8Text()).isEqualTo("""
            {"error": {"message": "prompt: is missing", "type": "invalid_request_error", \
            "param": "prompt", "code": "invalid-payload"}}\
            """);
    }

    @ParameterizedTest
    @CsvSource({"QUEUE_FULL, rate_limit_error", "MODEL_FAILED, server_error", "UNKNOWN_SESSION, invalid_request_error"})
    void namesTheTypeByTheStatus(Kind kind, String type) {
        Reply reply = open.refusal(Refusal.of(kind, ErrorSource.WORKER, "m").retryAfter(Duration.ofSeconds(4)));

        assertThat(reply.status()).isEqualTo(kind.status());
        assertThat(reply.body().utf8Text())
                .isEqualTo("{\"error\": {\"message\": \"m\", \"type\": \"%s\", \"code\": \"%s\"}}"
                        .formatted(type, kind.code()));
        assertThat(HeaderField.first(reply.headers(), "Retry-After")).contains("4");
    }
}
