package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

/// Clients that mean harm: each is refused with the right status, and nothing of it reaches the model server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
    /// Behind each hostile request stands this one, which must never be taken for a request.
    private static final String SMUGGLED = "POST /smuggled HTTP/1.1\r\nHost: worker\r\nContent-Length: 2\r\n\r\n{}";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("limits.body", "256KiB")
                .set("limits.header-time", "700ms")
                .set("limits.body-idle", "700ms")
                .set("model.forward-headers", "[x-extra]")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /smuggled, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /priced, allow-parallel-requests: true, max-queue-time: none, workload: payload.n")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    private List<Call> asked() {
        return world.model().calls().stream()
                .filter(call -> !call.path().equals("/health"))
                .toList();
    }

    /// Sends bytes and reads one answer; whatever the model server hears of it is a failure.
    private Answer refused(byte[] request) throws IOException {
        int before = asked().size();
        try (RawClient client = world.client()) {
            client.send(request);
            Answer answer = client.answer();
            client.halfClose();
            assertThat(client.rest()).as("more than one answer").isEmpty();
            assertThat(asked()).hasSize(before);
            return answer;
        }
    }

    // `~` is a line end, `$` a signed body, `#` its length, `%` its length in hexadecimal, `!` the request behind.
    private byte[] bytes(String text) {
        String body = world.signed("{\"n\": 1}");
        return text.replace("~", "\r\n")
                .replace("!", SMUGGLED)
                .replace("#", "" + body.length())
                .replace("%", Integer.toHexString(body.length()))
                .replace("$", body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: #~Transfer-Encoding: chunked~~%~$~0~~!', 400",
        "'Transfer-Encoding: chunked~Content-Length: 4~~%~$~0~~!', 400",
        "'Content-Length: 0~Transfer-Encoding: chunked~~%~$~0~~!', 400",
        "'Transfer-Encoding: xchunked~Content-Length: #~~$!', 400",
        "'Transfer-Encoding: identity~Content-Length: #~~$!', 400",
        "'Transfer-Encoding: chunked, identity~~%~$~0~~!', 400",
        "'Transfer-Encoding: gzip, chunked~~%~$~0~~!', 501",
        "'Transfer-Encoding: chunked~Transfer-Encoding: chunked~~%~$~0~~!', 400",
        "'Transfer-Encoding: \u000bchunked~Content-Length: #~~$!', 400",
        "'Transfer-Encoding : chunked~Content-Length: #~~$!', 400",
        "'Transfer-Encoding:~ chunked~~%~$~0~~!', 400",
        "'X-Extra: a~ Transfer-Encoding: chunked~Content-Length: #~~$!', 400",
        "'X-Extra: a\nTransfer-Encoding: chunked~Content-Length: #~~$!', 400",
        "'X-Extra: a\rTransfer-Encoding: chunked~Content-Length: #~~$!', 400",
        "'X-Extra: a\u0000b~Content-Length: #~~$!', 400",
        "'Content-Length: #\n\n$!', 400",
        "'Content-Length : #~~$!', 400",
        "'Content-Length: #~Content-Length: 4~~$!', 400",
        "'Content-Length: #, 4~~$!', 400",
        "'Content-Length: +#~~$!', 400",
        "'Content-Length: -#~~$!', 400",
        "'Content-Length: 0x%~~$!', 400",
        "'Content-Length: 18446744073709551617~~$!', 400",
        "': nameless~Content-Length: #~~$!', 400",
        "'nonsense~Content-Length: #~~$!', 400",
        "'Host: other~Content-Length: #~~$!', 400",
        "'Transfer-Encoding: chunked~~+%~$~0~~!', 400",
        "'Transfer-Encoding: chunked~~0x%~$~0~~!', 400",
        "'Transfer-Encoding: chunked~~%;a=b~$~0~~!', 400",
        "'Transfer-Encoding: chunked~~%~$XX0~~!', 400",
        "'Transfer-Encoding: chunked~~%\n$\n0\n\n!', 400",
        "'Transfer-Encoding: chunked~~%~$~0~!', 400",
        "'Transfer-Encoding: chunked~~%~$~0~X-Extra: trailer~~!', 400",
        "'Transfer-Encoding: chunked~~ffffffffffffffff~$~0~~!', 400",
        "'Content-Encoding: gzip, gzip~Content-Length: #~~$', 415",
        "'Content-Encoding: br~Content-Length: #~~$', 415",
        "'Content-Encoding: gzip~Content-Length: #~~$', 400",
        "'Content-Length: 300000~~', 413",
    })
    void refusesBodiesThatTwoReadersCouldReadInTwoWays(String rest, int status) throws Exception {
        Answer answer = refused(bytes("POST /open HTTP/1.1~Host: worker~" + rest));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").path("source").asText()).isEqualTo("client");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /open HTTP/1.2, 400",
        "POST /open HTTP/2.0, 400",
        "POST /open http/1.1, 400",
        "POST  /open HTTP/1.1, 400",
        "POST /open x HTTP/1.1, 400",
        "post /open HTTP/1.1, 400",
        "PO\"ST /open HTTP/1.1, 400",
        "POST \\open HTTP/1.1, 400",
        "POST /op\u0000en HTTP/1.1, 400",
        "POST /open%zz HTTP/1.1, 400",
        "POST /open#part HTTP/1.1, 400",
        "POST /a/../open HTTP/1.1, 404",
        "POST /./open HTTP/1.1, 404",
        "POST //open HTTP/1.1, 404",
        "POST /%6fpen HTTP/1.1, 404",
        "POST %2fopen HTTP/1.1, 404",
        "POST /open%00 HTTP/1.1, 404",
        "POST /open;v=1 HTTP/1.1, 404",
        "POST /open/..%2f..%2fsecret HTTP/1.1, 404",
        "POST worker:80 HTTP/1.1, 404",
        "CONNECT worker:80 HTTP/1.1, 404",
        "OPTIONS * HTTP/1.1, 404",
        "TRACE /open HTTP/1.1, 405",
    })
    void refusesTargetsThatAreNoRoute(String line, int status) throws Exception {
        byte[] rest = bytes("~Host: worker~Content-Length: #~~$");
        var request = new ByteArrayOutputStream();
        request.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(rest);

        assertThat(refused(request.toByteArray()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"20000, 1, 414", "10, 20000, 400", "10, 900000, 400"})
    void refusesHeadsThatAreTooLong(int target, int headers, int status) throws Exception {
        byte[] request = bytes("POST /open?" + "q".repeat(target) + " HTTP/1.1~Host: worker~"
                + "X-Many: 1~".repeat(headers / 10) + "Content-Length: #~~$");

        assertThat(refused(request).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /op",
                "POST /open HTTP/1.1\r\nHost: wor",
                "POST /open HTTP/1.1\r\nHost: worker\r\nContent-Length: 500\r\n\r\n{\"auth_data\": ",
                "POST /open HTTP/1.1\r\nHost: worker\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n"
            })
    void cutsOffWhoStopsInTheMiddle(String begun) throws Exception {
        int before = asked().size();
        try (RawClient client = world.client()) {
            client.send(begun);

            assertThat(client.isEnded()).isTrue();
        }
        assertThat(asked()).hasSize(before);
    }

    @Test
    void cutsOffWhoSendsAByteNowAndThen() throws Exception {
        try (RawClient client = world.client();
                RawClient other = world.client()) {
            String head = "POST /open HTTP/1.1\r\nHost: " + "w".repeat(10_000);
            int sent = 0;
            try {
                for (; sent < head.length(); sent++) {
                    client.send(head.substring(sent, sent + 1));
                    // A round trip of another request is the pause.
                    other.post("/none", "").answer();
                }
            } catch (IOException cutOff) {
                // What is hoped for.
            }

            assertThat(sent).isLessThan(head.length());
        }
    }

    @Test
    void inflatesNoBomb() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bomb)) {
            out.write(new byte[50 << 20]);
        }
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST /open HTTP/1.1\r\nHost: worker\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + bomb.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(bomb.toByteArray());

        assertThat(refused(request.toByteArray()).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "'a%0d%0aEvil: 1', 'a%0d%0aEvil: 1'",
        "'\u00c4\u008d\u00c4\u008aEvil: 1', ",
        "'plain', 'plain'",
    })
    void forwardsNoFieldThatCouldBecomeTwo(String value, String forwarded) throws Exception {
        int before = asked().size();
        try (RawClient client = world.client()) {
            client.post("/open", world.signed("{}"), "X-Request-Id: " + value, "X-Extra: " + value, "Authorization: k");
            assertThat(client.answer().status()).isEqualTo(200);
        }

        Call call = asked().get(before);
        assertThat(call.header("X-Request-Id").orElse(null)).isEqualTo(forwarded);
        assertThat(call.header("X-Extra").orElse(null)).isEqualTo(forwarded);
        assertThat(call.header("Evil")).isEmpty();
        assertThat(call.header("Authorization")).isEmpty();
    }

    static List<Arguments> payloadsThatAreNoJson() {
        return List.of(
                Arguments.of("nested too deep", "{\"a\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
                Arguments.of("nested and cut off", "{\"a\": " + "[".repeat(100_000)),
                Arguments.of("leading zero", "{\"a\": 01}"),
                Arguments.of("plus", "{\"a\": +1}"),
                Arguments.of("hexadecimal", "{\"a\": 0x1}"),
                Arguments.of("comment", "{\"a\": 1 /* */}"),
                Arguments.of("single quotes", "{'a': 1}"),
                Arguments.of("trailing comma", "{\"a\": 1,}"),
                Arguments.of("control character", "{\"a\": \"\u0001\"}"),
                Arguments.of("NUL", "{\"a\": 1}\u0000"),
                Arguments.of("bad escape", "{\"a\": \"\\x41\"}"),
                Arguments.of("half an escape", "{\"a\": \"\\u00\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloadsThatAreNoJson")
    void refusesPayloadsThatAreNoJson(String name, String payload) throws Exception {
        Answer answer = refused(post("/open", world.signed(payload).getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(name).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"efbbbf", "c0af", "eda080", "f4908080", "80", "c3", "fffe"})
    void refusesBytesThatAreNoUtf8(String hex) throws Exception {
        byte[] evil = java.util.HexFormat.of().parseHex(hex);
        byte[] body = world.signed("{\"a\": \"@\"}").getBytes(StandardCharsets.UTF_8);
        var spoilt = new ByteArrayOutputStream();
        for (byte each : body) {
            if (each == '@') {
                // A byte order mark is text like any other inside a string, and none in front of a body.
                if (hex.equals("efbbbf")) {
                    byte[] plain = spoilt.toByteArray();
                    spoilt.reset();
                    spoilt.writeBytes(evil);
                    spoilt.writeBytes(plain);
                } else {
                    spoilt.writeBytes(evil);
                }
            } else {
                spoilt.write(each);
            }
        }

        assertThat(refused(post("/open", spoilt.toByteArray())).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\": 1e999999999, \"m\": -0.0, \"k\": 123456789012345678901234567890.10}",
                "{\"a\": \"\\ud800\", \"b\": \"\\udc00\\ud800\"}",
                "{\"a\": 1, \"a\": 2, \"a\": {\"a\": 3}}",
                "{\"\": \"\", \"\\u0000\": \"\\u0000\"}",
                "{\"__proto__\": {\"x\": 1}, \"constructor\": null}",
                "{ \"a\" :\t1 , \"b\":[ ] }"
            })
    void passesOddButValidPayloadsUnchanged(String payload) throws Exception {
        int before = asked().size();

        assertThat(world.post("/open", world.signed(payload)).status()).isEqualTo(200);

        assertThat(asked().get(before).text()).isEqualTo(payload);
    }

    @Test
    void passesLongStringsAndNumbersUnchanged() throws Exception {
        String payload = "{\"a\": \"%s\", \"b\": %s}".formatted("\\\"".repeat(50_000), "9".repeat(50_000));
        int before = asked().size();

        assertThat(world.post("/open", world.signed(payload)).status()).isEqualTo(200);

        assertThat(asked().get(before).text()).isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"n\": 5, \"n\": 7}', 7",
        "'{\"n\": 7, \"\\u006e\": 9}', 9",
        "'{\"n\": 1e999}', 100",
        "'{\"n\": -1}', 100",
        "'{\"n\": \"NaN\"}', 100",
        "'{\"n\": {\"n\": 3}}', 100",
    })
    void pricesWhatTheModelServerWillRead(String payload, double units) throws Exception {
        double before = world.status().path("workload-units").path("received").asDouble();

        assertThat(world.post("/priced", world.signed(payload)).status()).isEqualTo(200);

        world.await(
                "the price",
                () -> world.status().path("workload-units").path("received").asDouble() == before + units);
    }

    private static byte[] post(String path, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: worker\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
