package dev.dray.adapter.controlplanevast;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final String VECTOR = """
        P7L2K9ZY3PveH++o7Jl+L4wxOntithDEGi/HFn0e9P0tVbdpj98p8wVkajD9KkNbtvLcbldpE1QC9XZyLNfH2IQ8x233hIYa+CJuse6A\
        P1dS5VszcIYPMlZHgbvO4t/SuULzQMPlDeAVWbQ1AdPM5zXdGEGUzt+t5YerwYqbnVnasUNwpf53LK3kv1gFe9iUCvaCx9hP14XY3MnA\
        liUApz/rhHQJllvBy1TrxWFpB4K/NZ51e5i7snvjUQ5hJPhQ9Bb4kcBr3PgVX5+g27gMKb/XTeqIeGX5pWbBoHQVQEF7gGTBY+x1NwYI\
        4uG0b+REiOdVQH+NM4wklBtiq4sKXQ==\
        """;

    @Nested
    class Message {
        @Test
        void isTheWorkedExample() throws GeneralSecurityException {
            byte[] message = SignedMessage.of(Samples.URL);

            assertThat(HexFormat.of().formatHex(message))
                    .isEqualTo("7b0a202020202275726c223a202268747470733a2f2f3230332e302e3131332e373a3431323334220a7d");
            assertThat(sha256(message)).isEqualTo("454801132945a3342c59811ee8c85c11e130f69fdb02bf73e2d5222729b109f6");
        }

        @Test
        void isTheNonAsciiExample() throws GeneralSecurityException {
            byte[] message = SignedMessage.of(json("\"https://203.0.113.7:41234/ü\""));

            assertThat(message).hasSize(49);
            assertThat(sha256(message)).isEqualTo("cfc925ab4be187e4e09030e0c017b6aff1ddc6c37491c06116f9861b65a70d23");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "\"a/b\"|\"a/b\"",
                    "\"a\\/b\"|\"a/b\"",
                    "\"\\\"\\\\\\b\\f\\n\\r\\t\"|\"\\\"\\\\\\b\\f\\n\\r\\t\"",
                    "\"\\u0000\\u001f\\u007f\\u0080\"|\"\\u0000\\u001f\\u007f\\u0080\"",
                    "\"\\u00E9€😀\"|\"\\u00e9\\u20ac\\ud83d\\ude00\"",
                    "\"\\uD800\"|\"\\ud800\"",
                    "\" ~~\"|\" ~~\"",
                    "null|null",
                    "true|true",
                    "12345678901234567890|12345678901234567890",
                    "-0|0",
                    "1.50|1.5",
                    "1e3|1000.0",
                    "1e22|1e+22",
                    "0.00001|1e-05",
                    "-2.5E-7|-2.5e-07",
                    "NaN|NaN",
                    "[]|[]",
                    "{}|{}"
                })
        void printsTheUrlAsPythonDoes(String url, String printed) {
            assertThat(new String(SignedMessage.of(json(url)), US_ASCII))
                    .isEqualTo("{\n    \"url\": " + printed + "\n}");
        }

        @Test
        void indentsANestedUrl() {
            assertThat(new String(SignedMessage.of(json("{\"a\":[1,{\"b\":[]}],\"c\":2,\"a\":[3]}")), US_ASCII))
                    .isEqualTo("""
                        {
                            "url": {
                                "a": [
                                    3
                                ],
                                "c": 2
                            }
                        }\
                        """);
        }
    }

    @Nested
    class Verification {
        private final TrustedKey key = key(Samples.resource("protocol.pem"));

        @Test
        void passesTheTestVector() {
            assertThat(verifies(VECTOR)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"%s\\n", "\\n %s \\t", "!%s", "%s====", "%sQUJD", "--%s"})
        void skipsWhatIsNotInTheAlphabet(String frame) {
            assertThat(verifies(frame.formatted(VECTOR))).isTrue();
        }

        @Test
        void skipsJunkBetweenCharacters() {
            assertThat(verifies(VECTOR.replaceAll("(.{64})", "$1\\\\r\\\\n").replace("P7L", "P*7-L")))
                    .isTrue();
        }

        @Test
        void readsAnEscapedSlash() {
            assertThat(verifies(VECTOR.replace("/", "\\/"))).isTrue();
        }

        @Test
        void refusesWrongPadding() {
            String bare = VECTOR.substring(0, VECTOR.length() - 2);

            assertThat(verifies(bare)).isFalse();
            assertThat(verifies(bare + "=")).isFalse();
            assertThat(verifies("A" + VECTOR)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "!", "====", "QUJD", "é", "AAAA"})
        void refusesWhatIsNoSignature(String signature) {
            assertThat(verifies(signature)).isFalse();
        }

        @Test
        void refusesAnotherUrl() {
            var signature = (JsonString) json("\"" + VECTOR + "\"");

            assertThat(key.verifies(json("\"https://203.0.113.8:41234\""), signature))
                    .isFalse();
            assertThat(key.verifies(json("null"), signature)).isFalse();
        }

        @Test
        void refusesOneChangedBit() {
            assertThat(verifies(VECTOR.replaceFirst("P7L2", "P7L3"))).isFalse();
        }

        private boolean verifies(String signature) {
            return key.verifies(json("\"" + Samples.URL + "\""), (JsonString) json("\"" + signature + "\""));
        }
    }

    @Nested
    class Memory {
        private final TrustedKey key = key(Samples.resource("protocol.pem"));
        private final JsonValue url = json("\"" + Samples.URL + "\"");

        @Test
        void keepsWhatWasGood() {
            assertThat(key.verifies(url, signature(VECTOR))).isTrue();
            assertThat(key.verifies(url, signature(VECTOR))).isTrue();

            assertThat(key.remembered()).isEqualTo(1);
        }

        @Test
        void keepsNoFailure() {
            assertThat(key.verifies(url, signature("AAAA"))).isFalse();

            assertThat(key.remembered()).isZero();
        }

        @Test
        void goesByTheExactBytes() {
            assertThat(key.verifies(url, signature(VECTOR))).isTrue();

            assertThat(key.verifies(json("\"https://203.0.113.7:41235\""), signature(VECTOR)))
                    .isFalse();
            assertThat(key.verifies(url, signature(VECTOR + "!"))).isTrue();
            assertThat(key.remembered()).isEqualTo(2);
        }

        @Test
        void doesNotKeepAGoodSignaturePaddedWithJunk() {
            assertThat(key.verifies(url, signature("!".repeat(5_000) + VECTOR))).isTrue();

            assertThat(key.remembered()).isZero();
        }

        private static JsonString signature(String text) {
            return (JsonString) json("\"" + text + "\"");
        }
    }

    @Nested
    class Signer {
        @ParameterizedTest
        @ValueSource(strings = {"https://203.0.113.7:41234", "http://127.0.0.1:3000", "https://h/ü\"\\\n"})
        void signsWhatTheWorkerVerifies(String url) {
            var signer = VastSigner.generate();

            String signature = signer.sign(url);

            var trusted = key(signer.publicKeyPem());
            assertThat(trusted.verifies(json(PythonJson.quote(url)), (JsonString) json("\"" + signature + "\"")))
                    .isTrue();
            assertThat(trusted.verifies(json(PythonJson.quote(url + "/")), (JsonString) json("\"" + signature + "\"")))
                    .isFalse();
        }
    }

    private static JsonValue json(String text) {
        return JsonValue.parse(Bytes.utf8(text));
    }

    private static TrustedKey key(String pem) {
        try {
            return new TrustedKey(PublicKeyText.parse(pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
