package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import dev.dray.port.exchange.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int BODY_LIMIT = 1 << 20;

    private final ScriptedGate gate = new ScriptedGate().proceeding("/echo", Call::echo);
    private RunningListener running = listener(LONG, LONG, LONG);

    private RunningListener listener(Duration headerTime, Duration bodyIdle, Duration clientIdle) {
        return RunningListener.of(gate, new ListenerLimits(BODY_LIMIT, 64 << 20, headerTime, bodyIdle, clientIdle));
    }

    private void restart(Duration headerTime, Duration bodyIdle, Duration clientIdle) {
        running.close();
        running = listener(headerTime, bodyIdle, clientIdle);
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLarge() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: " + (BODY_LIMIT + 1) + "\r\n\r\n");

            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Content-Type: application/json; charset=utf-8\r\n", "X-Dray-Error-Source: client\r\n")
                    .contains("{\"error\": {\"code\": \"body-too-large\", \"message\": \"", "\"source\": \"client\"}}");
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @Test
    void refusesABodyThatGrowsTooLargeAndLetsTheClientReadWhy() {
        byte[] chunk = ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 64; i++) {
                client.send(chunk);
            }
            client.send("0\r\n\r\n");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ");
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        String body = "x".repeat(BODY_LIMIT);
        try (var client = running.client()) {
            assertThat(client.send(post("/echo", body)).readAnswer()).endsWith("\r\n\r\n" + body);
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n");
            assertThat(client.send(body).send("\r\n0\r\n\r\n").readAnswer()).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void inflatesGzip() {
        String text = new SplittableRandom(7)
                .ints(20_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try (var client = running.client()) {
            sendGzip(client, gzip(text.getBytes(StandardCharsets.US_ASCII)));
            assertThat(client.readAnswer()).endsWith("\r\n\r\n" + text);

            assertThat(client.send(post("/echo", "plain again")).readAnswer()).endsWith("plain again");
        }
    }

    @Test
    void refusesGzipThatInflatesTooFar() {
        try (var client = running.client()) {
            sendGzip(client, gzip(new byte[900 << 10]));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ").contains("more than 100 times its size");
        }
    }

    @Test
    void refusesWhatIsNotGzip() {
        try (var client = running.client()) {
            sendGzip(client, "not gzip at all".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ").contains("\"code\": \"invalid-encoding\"");
        }
    }

    @Test
    void refusesEncodingsItDoesNotKnow() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 415 ").contains("\"code\": \"unsupported-encoding\"");
        }
    }

    @Test
    void answersAHeadThatIsNoHttpInJson() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nBad Header\r\n\r\n");

            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("X-Dray-Error-Source: client");
            assertThat(client.readToEnd()).startsWith("{\"error\": {\"code\": \"bad-request\"");
        }
    }

    @Test
    void cutsOffAHeadThatTrickles() {
        restart(SHORT, LONG, LONG);
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHo");

            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void cutsOffAClientThatSaysNothing() {
        restart(LONG, LONG, SHORT);
        try (var client = running.client()) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void cutsOffAnIdleConnectionAfterItsRequest() {
        restart(LONG, LONG, SHORT);
        try (var client = running.client()) {
            assertThat(client.send(post("/echo", "x")).readAnswer()).endsWith("x");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void cutsOffABodyThatPauses() {
        restart(LONG, SHORT, LONG);
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhalf");

            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @Test
    void doesNotCountTheWorkersOwnTimeAgainstTheClient() {
        restart(SHORT, SHORT, SHORT);
        gate.arriving("/slow", call -> {});
        try (var client = running.client()) {
            client.send(post("/slow", "x"));
            Call slow = gate.arrived();
            LockSupport.parkNanos(SHORT.multipliedBy(3).toNanos());
            slow.responder().reply(Reply.text(200, "done"));

            assertThat(client.readAnswer()).endsWith("done");
        }
    }

    @Test
    void cutsOffAClientThatStopsReading() {
        restart(LONG, LONG, SHORT);
        gate.proceeding("/flood", call -> {
            call.head();
            byte[] much = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                call.responder().chunk(much, 0, much.length);
            }
            call.responder().end();
        });
        try (var client = running.client()) {
            client.smallReceiveBuffer();
            client.send(post("/flood", "x"));

            assertThat(gate.cancelled()).isEqualTo(gate.begun());
        }
    }

    private static void sendGzip(RawClient client, byte[] body) {
        client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                + "\r\n\r\n");
        client.send(body);
    }

    private static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
