package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.model.JsonValue;
import dev.dray.port.exchange.InboundRequest;
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

class OpenPlatformTest {
    private final OpenPlatform platform = new OpenPlatform();

    @Test
    void takesTheBodyForThePayload() {
        Envelope first = opened("{\"max_tokens\": 7}");
        Envelope second = opened("[]");

        assertThat(first.payload().numeric("/max_tokens")).hasValue(7);
        assertThat(first.sessionId()).isEmpty();
        assertThat(first.reference()).isEqualTo(new OpenPlatform.OpenReference(1));
        assertThat(second.reference()).isEqualTo(new OpenPlatform.OpenReference(2));
    }

    @Test
    void refusesWhatIsNotJson() {
        Opened opened = platform.open(request("{\"a\": "));

        assertThat(opened).isInstanceOfSatisfying(Opened.Malformed.class, malformed -> {
            assertThat(malformed.reply().status()).isEqualTo(422);
            assertThat(pointer(malformed.reply(), "/error/code")).contains("invalid-json");
        });
    }

    @Test
    void verifiesAsTheTestSays() {
        Envelope envelope = opened("{}");
        assertThat(platform.verify(envelope.reference())).isEqualTo(Verdict.VERIFIED);

        platform.verdict(Verdict.UNVERIFIED);

        assertThat(platform.verify(envelope.reference())).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void refusesInJsonThatSaysWhoAndWhen() {
        Reply reply = platform.refusal(Refusal.of(Kind.WAIT_TOO_LONG, ErrorSource.WORKER, "wait is \"long\"\n")
                .retryAfter(Duration.ofMillis(1_001)));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(pointer(reply, "/error/code")).contains("wait-too-long");
        assertThat(pointer(reply, "/error/message")).contains("wait is \"long\"\n");
        assertThat(HeaderField.first(reply.headers(), "x-dray-error-source")).contains("worker");
        assertThat(HeaderField.first(reply.headers(), "retry-after")).contains("2");
    }

    @Test
    void namesTheFieldsOfAnInvalidPayload() {
        Reply reply = platform.refusal(new Refusal(
                Kind.INVALID_PAYLOAD,
                ErrorSource.CLIENT,
                "payload refused",
                Map.of("max_tokens", "must be a number"),
                Optional.empty()));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(pointer(reply, "/error/fields/max_tokens")).contains("must be a number");
        assertThat(HeaderField.first(reply.headers(), "retry-after")).isEmpty();
    }

    private Envelope opened(String body) {
        return ((Opened.Complete) platform.open(request(body))).envelope();
    }

    private static Optional<String> pointer(Reply reply, String pointer) {
        return JsonValue.parse(reply.body()).at(pointer).flatMap(JsonValue::text);
    }

    private static InboundRequest request(String body) {
        return new InboundRequest("POST", "/v1/completions", List.of(), Bytes.utf8(body), 1, "");
    }
}
