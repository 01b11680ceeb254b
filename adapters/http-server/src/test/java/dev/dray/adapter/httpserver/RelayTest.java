package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import dev.dray.port.exchange.ResponseHead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the model server answered is what the client gets, in both protocols.
final class RelayTest {
    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawClient http1 = running.client();
    private final RawHttp2Client http2 = new RawHttp2Client(running.listener().port());

    @AfterEach
    void close() {
        http1.close();
        http2.close();
        running.close();
    }

    /// An answer of the model server: status, fields, body.
    record Answer(int status, List<String> fields, String body) {
        static Answer of(int status, String body, String... namesAndValues) {
            return new Answer(status, List.of(namesAndValues), body);
        }

        void play(Call call) {
            call.responder().head(new ResponseHead(status, ScriptedGate.fields(fields.toArray(String[]::new))));
            call.text(body);
            call.responder().end();
        }

        List<String> lines() {
            return IntStream.range(0, fields.size() / 2)
                    .mapToObj(i -> fields.get(2 * i) + ": " + fields.get(2 * i + 1))
                    .toList();
        }
    }

    static Stream<Answer> answersOfKnownLength() {
        return Stream.of(
                Answer.of(200, "{}", "content-type", "application/json", "Content-Length", "2"),
                Answer.of(200, "", "Content-Length", "0"),
                Answer.of(204, "", "X-Request-Id", "7"),
                Answer.of(304, "", "ETag", "\"a\"", "Content-Length", "1234"),
                Answer.of(
                        201,
                        "gz",
                        "Zeta",
                        "1",
                        "Content-Encoding",
                        "gzip",
                        "Alpha",
                        "2",
                        "Content-Length",
                        "2",
                        "Set-Cookie",
                        "a=1",
                        "X-Same",
                        "1",
                        "Set-Cookie",
                        "b=2",
                        "X-Same",
                        "2"),
                Answer.of(
                        200,
                        "x",
                        "Content-Length",
                        "1",
                        "X-Name",
                        "Zoë ÿ",
                        "X-No",
                        "é",
                        "X-Json",
                        "{\"a\": \"{}<>\\\"}"),
                Answer.of(200, "x", "Content-Length", "1", "X-Long", "l".repeat(40_000)),
                Answer.of(200, "x", "Date", "Thu, 01 Jan 1970 00:00:00 GMT", "Server", "vllm", "Content-Length", "1"),
                Answer.of(418, "teapot", "Content-Length", "6"),
                Answer.of(503, "busy", "Content-Length", "4", "Retry-After", "9"));
    }

    @ParameterizedTest
    @MethodSource("answersOfKnownLength")
    void relaysEveryByteInHttp1(Answer answer) {
        gate.proceeding("/v1", answer::play).proceeding("/echo", Call::echo);

        String head = http1.send(post("/v1", "x")).readTo("\r\n\r\n");

        assertThat(head).startsWith("HTTP/1.1 " + answer.status() + " ");
        assertThat(head.lines().skip(1).filter(line -> !line.isEmpty())).isEqualTo(answer.lines());
        http1.readTo(answer.body());
        assertThat(http1.send(post("/echo", "in step")).readAnswer()).endsWith("in step");
    }

    @ParameterizedTest
    @MethodSource("answersOfKnownLength")
    void relaysEveryByteInHttp2(Answer answer) {
        gate.proceeding("/v1", answer::play).proceeding("/echo", Call::echo);
        http2.post(1, "/v1", "x");

        assertThat(http2.head(1))
                .startsWith(":status: " + answer.status())
                .filteredOn(line -> !line.startsWith(":"))
                .isEqualTo(answer.lines().stream().map(RelayTest::lowerName).toList());
        var data = http2.nextData(1);
        assertThat(data.text()).isEqualTo(answer.body());
        http2.post(3, "/echo", "in step");
        assertThat(http2.head(3)).containsExactly(":status: 200", "content-length: 7");
    }

    private static String lowerName(String line) {
        int colon = line.indexOf(':');
        return line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
    }

    @Test
    void inventsNothingForAStreamWithoutTypeInHttp1() {
        gate.proceeding("/v1", Answer.of(200, "untyped")::play);

        assertThat(http1.send(post("/v1", "x")).readTo("0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nuntyped\r\n0\r\n\r\n");
    }

    @Test
    void inventsNothingForAStreamWithoutTypeInHttp2() {
        gate.proceeding("/v1", Answer.of(200, "untyped")::play);
        http2.post(1, "/v1", "x");

        assertThat(http2.head(1)).containsExactly(":status: 200");
        assertThat(http2.nextData(1).text()).isEqualTo("untyped");
        assertThat(http2.nextData(1).flags()).isEqualTo(RawHttp2Client.END_STREAM);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void isUnderstoodByAClientOfEitherProtocol(HttpClient.Version version) throws IOException, InterruptedException {
        gate.proceeding("/v1", Answer.of(200, "text", "X-Json", "{{{{{{", "X-Same", "1", "X-Same", "2")::play);
        gate.arriving("/get", call -> {});
        try (HttpClient client = upgraded(version)) {
            var response = client.send(request("/v1"), BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(version);
            assertThat(response.body()).isEqualTo("text");
            assertThat(response.headers().map()).doesNotContainKey("date").doesNotContainKey("trailer");
            assertThat(response.headers().allValues("x-json")).containsExactly("{{{{{{");
            assertThat(response.headers().allValues("x-same")).containsExactly("1", "2");
        }
    }

    /// The JDK's client upgrades with its first request, if that has no body.
    private HttpClient upgraded(HttpClient.Version version) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpResponse<String> first = client.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + running.listener().port() + "/nowhere"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(first.version()).isEqualTo(version);
        assertThat(first.statusCode()).isEqualTo(404);
        assertThat(first.body()).isEqualTo("404: Not Found");
        return client;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + running.listener().port() + path))
                .header("TE", "trailers")
                .POST(BodyPublishers.ofString("x"))
                .build();
    }

    @Test
    void cancelsTheRequestOfAnUpgradedConnectionThatEnds() throws IOException, InterruptedException {
        gate.arriving("/queued", call -> {});
        try (HttpClient client = upgraded(HttpClient.Version.HTTP_2)) {
            var answer = client.sendAsync(request("/queued"), BodyHandlers.discarding());
            Call call = gate.arrived();
            answer.cancel(true);
            client.shutdownNow();

            assertThat(gate.cancelled()).isEqualTo(call);
        }
    }

    @Test
    void answersARequestWithABodyInHttp1AlthoughItAsksForAnUpgrade() throws IOException, InterruptedException {
        gate.proceeding("/echo", Call::echo);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(request("/echo"), BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.body()).isEqualTo("x");
        }
    }

    @Test
    void resetsTheConnectionOfAStreamThatBreaks() {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });

        http1.send(post("/breaking", "x")).readTo("half\r\n");

        assertThat(http1.endsByReset()).isTrue();
    }

    @Test
    void resetsAStreamThatBreaksForAClientOfHttp10() {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });

        http1.send("POST /breaking HTTP/1.0\r\nContent-Length: 1\r\n\r\nx").readTo("half");

        assertThat(http1.endsByReset()).isTrue();
    }

    @Test
    void tellsAClientOfHttp2ThatItsStreamBroke() throws IOException, InterruptedException {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });
        gate.proceeding("/echo", Call::echo);
        try (HttpClient client = upgraded(HttpClient.Version.HTTP_2)) {
            assertThatThrownBy(() -> client.send(request("/breaking"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(client.send(request("/echo"), BodyHandlers.ofString()).body())
                    .isEqualTo("x");
        }
    }
}
