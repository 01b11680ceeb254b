package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.MethodSource;

/// Protocol 4.1 to 4.3: what is signed, how it is checked, and what is not checked. The platform here gives the public
/// key of the protocol's own test vector.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter04SignaturesIT {
    private static final String PEM = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvnsOBRxjSKoVHn1x3JlZ
            v0XRJbEuyM0C0lmKejlnhdWL20BBhRp9YGtP4yTtQqOoP4Qxv317Xr7PAHKuCy6A
            pW6V7sRpWhxcmObEUkLrJipkFTgrRPZM0JjC08VGz2Ypl1DaSkL98/XjL+IdAPz/
            EJracKJASrv3AbZoW09fdnzDCTQCwp6xfSSydxf0bkXhlzhG39k+/dc/tkRhKw0D
            P7vgeRDV2XlnQc3K0+vBn2oSzmAkb00r4lyJ4nfQ3pkju5oB2nKhqIcTUhhybtfZ
            R9xv1GZYmkzslboDQFOZaJ5IT2DQJsTLguKAAHJZtbEAE6xgQZeac78X9282GLAU
            CQIDAQAB
            -----END PUBLIC KEY-----
            """;
    private static final String URL = "https://203.0.113.7:41234";
    private static final String SIGNATURE =
            "P7L2K9ZY3PveH++o7Jl+L4wxOntithDEGi/HFn0e9P0tVbdpj98p8wVkajD9KkNbtvLcbldpE1QC9XZyLNfH2IQ8x233hIYa+CJuse6A"
                    + "P1dS5VszcIYPMlZHgbvO4t/SuULzQMPlDeAVWbQ1AdPM5zXdGEGUzt+t5YerwYqbnVnasUNwpf53LK3kv1gFe9iUCvaCx9hP14"
                    + "XY3MnAliUApz/rhHQJllvBy1TrxWFpB4K/NZ51e5i7snvjUQ5hJPhQ9Bb4kcBr3PgVX5+g27gMKb/XTeqIeGX5pWbBoHQVQEF7"
                    + "gGTBY+x1NwYI4uG0b+REiOdVQH+NM4wklBtiq4sKXQ==";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World vector;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World own;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        vector = world(folder.resolve("vector"));
        vector.platform()
                .wire()
                .on(
                        ScriptedPlatform.KEY,
                        call -> call.answer(200, "text/plain", PEM.getBytes(StandardCharsets.US_ASCII)));
        vector.ready();
        own = world(folder.resolve("own")).ready();
    }

    private static World world(Path folder) throws Exception {
        return new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    @AfterAll
    void stop() throws Exception {
        vector.close();
        own.close();
    }

    private int statusOf(World world, String urlJson, String signatureJson, String more) throws Exception {
        String body = "{\"auth_data\": {\"cost\": 1, \"endpoint\": \"e\", \"reqnum\": 1, \"request_idx\": %d%s,"
                        .formatted(world.nextIdx(), more)
                + " \"url\": " + urlJson + ", \"signature\": " + signatureJson + "}, \"payload\": {}}";
        return world.post("/open", body).status();
    }

    @Test
    void acceptsTheTestVectorOfTheProtocol() throws Exception {
        assertThat(statusOf(vector, "\"" + URL + "\"", "\"" + SIGNATURE + "\"", ""))
                .isEqualTo(200);
    }

    static List<Arguments> lenientSignatures() {
        return List.of(
                Arguments.of("line ends", SIGNATURE.replaceAll("(.{64})", "$1\\\\n")),
                Arguments.of("spaces around", "  " + SIGNATURE + " \\t"),
                Arguments.of("characters of no alphabet", "!" + SIGNATURE.replace("/", "/*") + "?"),
                Arguments.of("escaped slashes", SIGNATURE.replace("/", "\\/")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lenientSignatures")
    void readsBase64AsLenientlyAsTheReference(String name, String signature) throws Exception {
        assertThat(statusOf(vector, "\"" + URL + "\"", "\"" + signature + "\"", ""))
                .as(name)
                .isEqualTo(200);
    }

    static List<Arguments> badSignatures() {
        return List.of(
                Arguments.of("padding missing", "\"" + SIGNATURE.replace("=", "") + "\""),
                Arguments.of("one letter changed", "\"Q" + SIGNATURE.substring(1) + "\""),
                Arguments.of("cut short", "\"" + SIGNATURE.substring(0, 100) + "\""),
                Arguments.of("no text", "12345"),
                Arguments.of("nothing", "null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSignatures")
    void refusesASignatureThatIsNone(String name, String signature) throws Exception {
        assertThat(statusOf(vector, "\"" + URL + "\"", signature, "")).as(name).isEqualTo(401);
    }

    @Test
    void refusesTheVectorsSignatureForAnotherUrl() throws Exception {
        assertThat(statusOf(vector, "\"https://203.0.113.8:41234\"", "\"" + SIGNATURE + "\"", ""))
                .isEqualTo(401);
    }

    static List<Arguments> messages() {
        return List.of(
                Arguments.of("plain", "\"https://203.0.113.7:41234\"", "\"https://203.0.113.7:41234\""),
                Arguments.of("slash escaped", "\"https:\\/\\/a\"", "\"https://a\""),
                Arguments.of("u umlaut raw", "\"https://a/\u00fc\"", "\"https://a/\\u00fc\""),
                Arguments.of("u umlaut escaped", "\"https://a/\\u00FC\"", "\"https://a/\\u00fc\""),
                Arguments.of("supplementary", "\"\ud83d\ude00\"", "\"\\ud83d\\ude00\""),
                Arguments.of("controls", "\"\\u0008\\f\\n\\r\\t\\u001f\\u007f\"", "\"\\b\\f\\n\\r\\t\\u001f\\u007f\""),
                Arguments.of("quotes", "\"\\\"\\\\\"", "\"\\\"\\\\\""),
                Arguments.of("number", "17", "17"),
                Arguments.of("float", "1.0", "1.0"),
                Arguments.of("null", "null", "null"),
                Arguments.of("list", "[1,\"a\"]", "[\n        1,\n        \"a\"\n    ]"),
                Arguments.of("empty list", "[]", "[]"),
                Arguments.of(
                        "object",
                        "{\"b\":{\"a\":true}}",
                        "{\n        \"b\": {\n            \"a\": true\n        }\n    }"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void checksTheUrlAsThePlatformPrintsIt(String name, String sent, String printed) throws Exception {
        String signature = own.platform().signer().signMessage("{\n    \"url\": " + printed + "\n}");

        assertThat(statusOf(own, sent, "\"" + signature + "\"", "")).as(name).isEqualTo(200);
    }

    @Test
    void doesNotCheckWhoseUrlItIsNorAnythingUnsigned() throws Exception {
        String signature = own.platform().signer().sign("http://another.worker:1");
        String url = "\"http://another.worker:1\"";

        assertThat(statusOf(own, url, "\"" + signature + "\"", ", \"cost\": -5, \"endpoint\": \"other\""))
                .isEqualTo(200);
        assertThat(statusOf(own, url, "\"" + signature + "\"", ", \"reqnum\": 1"))
                .as("again")
                .isEqualTo(200);
    }

    @Test
    void refusesAnotherWorkersUrlWhenToldTo(@TempDir Path folder) throws Exception {
        try (World strict =
                world(folder).set("security.require-own-url", "true").ready()) {
            String foreign = strict.platform().signer().sign("http://another.worker:1");

            assertThat(statusOf(strict, "\"http://another.worker:1\"", "\"" + foreign + "\"", ""))
                    .isEqualTo(401);
            assertThat(strict.post("/open", strict.signed("{}")).status()).isEqualTo(200);
        }
    }
}
