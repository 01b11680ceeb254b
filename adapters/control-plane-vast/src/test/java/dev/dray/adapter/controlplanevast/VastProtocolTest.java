package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Refusal.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VastProtocolTest {
    private static final VastSigner SIGNER = VastSigner.generate();

    @Nested
    class Verify {
        private final String signature = "\"" + SIGNER.sign(Samples.URL) + "\"";

        @Test
        void passesASignedRequest() {
            assertThat(verify(protocol(false, Samples.URL), signature)).isEqualTo(Verdict.VERIFIED);
        }

        @ParameterizedTest
        @CsvSource({"\"bad\"", "null", "5", "[]", "{}", "true"})
        void refusesAWrongOrMissingSignature(String json) {
            assertThat(verify(protocol(false, Samples.URL), json)).isEqualTo(Verdict.UNVERIFIED);
        }

        @Test
        void saysThatTheKeyIsMissingWhileThereIsNone() {
            var keyless = new VastProtocol(
                    Samples.settings("http://127.0.0.1:1"),
                    new Keyring(VastProtocolTest::noKey, new Timekeeper(() -> 0, InstantSource.system(), FAST)));

            assertThat(verify(keyless, signature)).isEqualTo(Verdict.KEY_MISSING);
        }

        @Test
        void passesAllWhenUnsecured() {
            var unsecured = new VastProtocol(
                    Samples.unsecured(),
                    new Keyring(VastProtocolTest::noKey, new Timekeeper(() -> 0, InstantSource.system(), FAST)));

            assertThat(verify(unsecured, "null")).isEqualTo(Verdict.VERIFIED);
        }

        @Test
        void asksForASignatureOnASessionUnlessTold() {
            var order = Sessions.order(Sessions.create("{}")).reference();
            var signed = Sessions.order(Sessions.create(Sessions.AUTH_DATA.replace("\"s\"", signature), "{}"))
                    .reference();

            assertThat(protocol(false, Samples.URL).verify(order)).isEqualTo(Verdict.UNVERIFIED);
            assertThat(protocol(false, Samples.URL).verify(signed)).isEqualTo(Verdict.VERIFIED);
            assertThat(keyless(Samples.sessions(false, true)).verify(signed)).isEqualTo(Verdict.KEY_MISSING);
            assertThat(keyless(Samples.sessions(false, false)).verify(order)).isEqualTo(Verdict.VERIFIED);
            assertThat(keyless(Samples.sessions(true, true)).verify(order)).isEqualTo(Verdict.VERIFIED);
        }

        @Test
        void stillAsksForASignatureOnARequestWhereSessionsNeedNone() {
            assertThat(keyless(Samples.sessions(false, false))
                            .verify(Samples.envelope(5).reference()))
                    .isEqualTo(Verdict.KEY_MISSING);
        }

        @Test
        void learnsANewKeyBecauseASignatureFails() {
            var nanos = new AtomicLong();
            var served = new AtomicReference<>(SIGNER);
            var keyring =
                    new Keyring(() -> key(served.get()), new Timekeeper(nanos::get, InstantSource.system(), FAST));
            keyring.start();
            Deadline.until(() -> keyring.current().isPresent());
            var protocol = new VastProtocol(Samples.settings("http://127.0.0.1:1"), keyring);
            VastSigner successor = VastSigner.generate();
            served.set(successor);
            nanos.addAndGet(Duration.ofSeconds(61).toNanos());
            var reference = Samples.opened(
                            protocol.open(Samples.request(Samples.body(1, "\"" + successor.sign(Samples.URL) + "\""))))
                    .reference();

            assertThat(protocol.verify(reference)).isEqualTo(Verdict.UNVERIFIED);

            Deadline.until(() -> protocol.verify(reference) == Verdict.VERIFIED);
        }

        private static VastProtocol keyless(VastSettings settings) {
            var time = new Timekeeper(() -> 0, InstantSource.system(), FAST);
            return new VastProtocol(settings, new Keyring(VastProtocolTest::noKey, time));
        }

        @Test
        void asksForTheOwnUrlOnlyIfTold() {
            assertThat(verify(protocol(true, "https://203.0.113.7:41234/"), signature))
                    .isEqualTo(Verdict.VERIFIED);
            assertThat(verify(protocol(true, "https://203.0.113.8:41234"), signature))
                    .isEqualTo(Verdict.UNVERIFIED);
            assertThat(verify(protocol(false, "https://203.0.113.8:41234"), signature))
                    .isEqualTo(Verdict.VERIFIED);
        }

        private Verdict verify(VastProtocol protocol, String signatureJson) {
            return protocol.verify(Samples.opened(protocol.open(Samples.request(Samples.body(5, signatureJson))))
                    .reference());
        }
    }

    @Nested
    class Refuse {
        private final VastProtocol protocol = new VastProtocol(
                Samples.unsecured(),
                new Keyring(VastProtocolTest::noKey, new Timekeeper(() -> 0, InstantSource.system(), FAST)));

        @ParameterizedTest
        @CsvSource({"UNVERIFIED, CLIENT, client", "KEY_MISSING, PLATFORM, platform"})
        void answersABadSignatureWithAnEmpty401(Kind kind, ErrorSource source, String word) {
            Reply reply = protocol.refusal(Refusal.of(kind, source, "no"));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).isEqualTo(Bytes.EMPTY);
            assertThat(reply.headers()).containsExactly(new HeaderField("X-Dray-Error-Source", word));
        }

        @Test
        void answersAnUnknownSessionWith410() {
            Reply reply = protocol.refusal(Refusal.of(Kind.UNKNOWN_SESSION, ErrorSource.CLIENT, "gone"));

            assertThat(reply.status()).isEqualTo(410);
            assertThat(reply.body().utf8Text()).isEqualTo("{\"error\": \"invalid session\"}");
        }

        @Test
        void namesTheFieldsOfABadPayload() {
            var fields = new LinkedHashMap<String, String>();
            fields.put("prompt", "must be a \"text\"");
            fields.put("größe", "zu groß");
            var refusal = new Refusal(Kind.INVALID_PAYLOAD, ErrorSource.CLIENT, "bad", fields, Optional.empty());

            assertThat(protocol.refusal(refusal).status()).isEqualTo(422);
            assertThat(protocol.refusal(refusal).body().utf8Text()).isEqualTo("""
                {"payload": {"prompt": "must be a \\"text\\"", "gr\\u00f6\\u00dfe": "zu gro\\u00df"}}\
                """);
        }

        @Test
        void saysWhatIsWrongWithAPayloadAsAWhole() {
            assertThat(protocol.refusal(Refusal.of(Kind.INVALID_PAYLOAD, ErrorSource.CLIENT, "too deep"))
                            .body()
                            .utf8Text())
                    .isEqualTo("{\"payload\": {\"data\": \"too deep\"}}");
        }

        @Test
        void tellsWhenToComeAgain() {
            Reply reply = protocol.refusal(Refusal.of(Kind.WAIT_TOO_LONG, ErrorSource.WORKER, "wait 41.5 s")
                    .retryAfter(Duration.ofMillis(2_100)));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.body().utf8Text()).isEqualTo("""
                {"error": {"code": "wait-too-long", "message": "wait 41.5 s", "source": "worker", \
                "retry-after-seconds": 3}}\
                """);
            assertThat(HeaderField.first(reply.headers(), "Retry-After")).contains("3");
            assertThat(HeaderField.first(reply.headers(), "X-Dray-Error-Source"))
                    .contains("worker");
        }

        @ParameterizedTest
        @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "59001, 60", "60000, 60", "9000000, 60", "-5, 1"})
        void roundsUpBetweenOneSecondAndAMinute(long millis, String seconds) {
            Reply reply = protocol.refusal(
                    Refusal.of(Kind.NOT_READY, ErrorSource.WORKER, "").retryAfter(Duration.ofMillis(millis)));

            assertThat(HeaderField.first(reply.headers(), "Retry-After")).contains(seconds);
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"UNVERIFIED", "KEY_MISSING", "UNKNOWN_SESSION", "INVALID_PAYLOAD"})
        void answersEverythingElseWithCodeMessageAndSource(Kind kind) {
            Reply reply = protocol.refusal(Refusal.of(kind, ErrorSource.MODEL, "what"));

            assertThat(reply.status()).isEqualTo(kind.status());
            assertThat(reply.body().utf8Text())
                    .isEqualTo("{\"error\": {\"code\": \"%s\", \"message\": \"what\", \"source\": \"model\"}}"
                            .formatted(kind.code()));
            assertThat(HeaderField.first(reply.headers(), "Retry-After")).isEmpty();
        }
    }

    private static final Pace FAST = Pace.PLATFORM;

    private static PublicKey noKey() {
        throw new UncheckedIOException(new IOException("down"));
    }

    private static VastProtocol protocol(boolean requireOwnUrl, String ownUrl) {
        var settings = new VastSettings(
                List.of("http://127.0.0.1:1"),
                77,
                "",
                false,
                ownUrl,
                requireOwnUrl,
                true,
                Path.of("/nowhere/update"),
                DeleteFormat.RECORDS,
                "1.1.0");
        var keyring = new Keyring(VastProtocolTest::key, new Timekeeper(() -> 0, InstantSource.system(), FAST));
        keyring.start();
        Deadline.until(() -> keyring.current().isPresent());
        return new VastProtocol(settings, keyring);
    }

    private static PublicKey key() {
        return key(SIGNER);
    }

    private static PublicKey key(VastSigner signer) {
        try {
            return PublicKeyText.parse(signer.publicKeyPem());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
