package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Protocol 6.2 and 6.3: whatever the model server answers reaches the client byte for byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter06AnswersIT {
    private static final String OPEN = "/open";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /impatient, allow-parallel-requests: true, max-queue-time: none,"
                        + " time-outs: {first-byte: 300ms, idle: 300ms}")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    /// How the model server says where the body ends.
    enum Framing {
        LENGTH,
        CHUNKS,
        CLOSE
    }

    private static void play(Call call, String head, Framing framing, byte[] body) throws IOException {
        switch (framing) {
            case LENGTH -> {
                call.raw(head + "Content-Length: " + body.length + "\r\n\r\n");
                call.raw(body);
            }
            case CHUNKS -> {
                call.raw(head + "Transfer-Encoding: chunked\r\n\r\n");
                for (int at = 0; at < body.length; at += 5_000) {
                    int size = Math.min(5_000, body.length - at);
                    call.raw(Integer.toHexString(size) + ";ext=1\r\n");
                    call.raw(Arrays.copyOfRange(body, at, at + size));
                    call.raw("\r\n");
                }
                call.lastChunk();
            }
            case CLOSE -> {
                call.raw(head + "Connection: close\r\n\r\n");
                call.raw(body);
                call.close();
            }
        }
    }

    static List<Arguments> contents() {
        byte[] noise = new byte[70_000];
        new Random(3).nextBytes(noise);
        return List.of(
                Arguments.of(
                        "JSON",
                        "Content-Type: application/json; charset=utf-8\r\n",
                        "{\"a\": 1e2, \"é\": 1}".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "SSE",
                        "Content-Type: text/event-stream; charset=utf-8\r\n",
                        "event: x\r\ndata: {\"a\":1}\n\n: note\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "NDJSON",
                        "Content-Type: application/x-ndjson\r\n",
                        "{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("audio", "Content-Type: audio/wav\r\n", noise),
                Arguments.of("octets", "Content-Type: application/octet-stream\r\n", noise),
                Arguments.of("image", "Content-Type: image/png\r\n", noise),
                Arguments.of(
                        "gzip",
                        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                        gzip("{\"inflated\": false}")),
                Arguments.of("no type", "", "hello".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("empty", "Content-Type: text/plain\r\n", new byte[0]));
    }

    private static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contents")
    void relaysAnyContentByteForByte(String name, String headerLines, byte[] body) throws Exception {
        for (Framing framing : Framing.values()) {
            world.model()
                    .on(OPEN, call -> play(call, "HTTP/1.1 200 OK\r\nX-Model: a b\r\n" + headerLines, framing, body));

            Answer answer = world.post(OPEN, world.signed("{}"), "Accept-Encoding: gzip");

            assertThat(answer.status()).as("%s by %s", name, framing).isEqualTo(200);
            assertThat(answer.body()).as("%s by %s", name, framing).isEqualTo(body);
            assertThat(answer.complete()).isTrue();
            assertThat(answer.headers()).contains("X-Model: a b");
            headerLines.lines().forEach(line -> assertThat(answer.headers()).contains(line));
            assertThat(answer.header("Content-Type").isPresent()).isEqualTo(!headerLines.isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "201, Success",
        "400, Success",
        "404, Success",
        "422, Success",
        "429, Success",
        "500, Error",
        "503, Error"
    })
    void relaysEveryStatusAndCountsOnlyItsOwnFaultsAsTheModelServers(int status, String outcome) throws Exception {
        String text = "{\"detail\": \"status " + status + "\"}";
        world.model().on(OPEN, call -> call.answer(status, text));
        int idx = world.nextIdx();

        Answer answer = world.post(OPEN, world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo(outcome);
    }

    @Test
    void relaysNoContentWithoutABody() throws Exception {
        world.model().on(OPEN, call -> call.raw("HTTP/1.1 204 No Content\r\nX-Model: yes\r\n\r\n"));

        Answer answer = world.post(OPEN, world.signed("{}"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).contains("X-Model: yes");
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    void relaysAllHeadersButThoseOfTheConnection() throws Exception {
        String head = String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Set-Cookie: a=1",
                "Set-Cookie: b=2",
                "Date: Mon, 23 Nov 2026 00:00:00 GMT",
                "Server: uvicorn",
                "Cache-Control: no-store",
                "Content-Disposition: attachment; filename=\"x\"",
                "Connection: X-Hop, keep-alive",
                "Keep-Alive: timeout=5",
                "X-Hop: 1",
                "Proxy-Authenticate: Basic",
                "Upgrade: h2c",
                "Content-Type: application/json",
                "Content-Length: 2");
        world.model().on(OPEN, call -> call.raw(head + "\r\n\r\n{}"));

        Answer answer = world.post(OPEN, world.signed("{}"));

        assertThat(answer.all("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.all("Date")).containsExactly("Mon, 23 Nov 2026 00:00:00 GMT");
        assertThat(answer.all("Server")).containsExactly("uvicorn");
        assertThat(answer.all("Cache-Control")).containsExactly("no-store");
        assertThat(answer.all("Content-Disposition")).containsExactly("attachment; filename=\"x\"");
        assertThat(answer.all("Content-Length")).containsExactly("2");
        for (String hop : List.of("Keep-Alive", "X-Hop", "Proxy-Authenticate", "Upgrade")) {
            assertThat(answer.header(hop)).as(hop).isEmpty();
        }
        assertThat(answer.all("Connection")).doesNotContain("X-Hop, keep-alive", "close");
    }

    @Test
    void relaysEachPieceWhenItComes() throws Exception {
        var next = new Gate();
        world.model().on(OPEN, call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: first\n\n");
            if (call.hold(next)) {
                call.chunk("data: second\n\n");
                call.lastChunk();
            }
        });
        try (RawClient client = world.client()) {
            client.post(OPEN, world.signed("{}"));

            client.readUntil("data: first\n\n");
            next.open();

            assertThat(client.readUntil("\r\n0\r\n\r\n")).contains("data: second\n\n");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Framing.class,
            names = {"LENGTH", "CHUNKS"})
    void breaksTheConnectionWhereTheModelServerBreaksOff(Framing framing) throws Exception {
        var broken = new Gate();
        world.model().on(OPEN, call -> {
            if (framing == Framing.LENGTH) {
                call.raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n");
                call.raw("half");
            } else {
                call.startChunks(200, "Content-Type: text/event-stream\r\n");
                call.chunk("half");
            }
            if (call.hold(broken)) {
                call.reset();
            }
        });
        int idx = world.nextIdx();
        try (RawClient client = world.client()) {
            client.post(OPEN, world.signed(idx, "{}"));
            client.readUntil("half");
            broken.open();

            String rest = client.rest();

            assertThat(rest).as("no last chunk, no second head").doesNotContain("0\r\n", "HTTP/1.1");
        }
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }

    @ParameterizedTest
    @CsvSource({"302, GET", "301, GET", "303, GET", "307, POST", "308, POST"})
    void followsARedirectWithinTheModelServer(int status, String method) throws Exception {
        String payload = "{\"key\": 1e2}";
        int before = world.model().calls("/moved").size();
        world.model()
                .on(
                        OPEN,
                        call -> call.raw(
                                "HTTP/1.1 " + status + " Moved\r\nLocation: /moved?x=1\r\nContent-Length: 0\r\n\r\n"));
        world.model().on("/moved", call -> call.answer(200, "{\"moved\": true}"));

        Answer answer = world.post(OPEN, world.signed(payload));

        assertThat(answer.text()).isEqualTo("{\"moved\": true}");
        Call moved = world.awaitModelCall("/moved", before + 1);
        assertThat(moved.requestLine()).isEqualTo(method + " /moved?x=1 HTTP/1.1");
        assertThat(moved.text()).isEqualTo(method.equals("POST") ? payload : "");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:9/away", "https://127.0.0.1:9/away", "/open"})
    void answersBadGatewayForARedirectThatLeadsAwayOrRound(String location) throws Exception {
        world.model()
                .on(
                        OPEN,
                        call -> call.raw(
                                "HTTP/1.1 307 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
        int before = world.model().calls(OPEN).size();

        Answer answer = world.post(OPEN, world.signed("{}"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("model");
        assertThat(world.model().calls(OPEN).size() - before).isLessThanOrEqualTo(6);
    }

    @Test
    void answersBadGatewayForGarbage() throws Exception {
        world.model().on(OPEN, call -> {
            call.raw("this is no HTTP\r\n\r\n");
            call.close();
        });

        Answer answer = world.post(OPEN, world.signed("{}"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("model");
    }

    @Test
    void answersGatewayTimeOutWhenTheModelServerIsSilent() throws Exception {
        world.model().on("/impatient", Call::hang);
        int idx = world.nextIdx();

        Answer answer = world.post("/impatient", world.signed(idx, "{}"));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("model");
        Call call = world.model().calls("/impatient").getLast();
        world.await("closed connection", call::isGone);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
    }

    @Test
    void breaksOffAStreamThatFallsSilent() throws Exception {
        world.model().on("/impatient", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: first\n\n");
            call.hang();
        });

        Answer answer = world.post("/impatient", world.signed("{}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("data: first\n\n");
        assertThat(answer.complete()).isFalse();
    }
}
