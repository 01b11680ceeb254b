package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two readers could understand as two different things, and bodies that never end.
final class FramingTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int BODY_LIMIT = 64 * 1024;

    private final ScriptedGate gate = new ScriptedGate().proceeding("/echo", Call::echo);
    private final RunningListener running =
            RunningListener.of(gate, new ListenerLimits(BODY_LIMIT, 64 << 20, LONG, LONG, LONG));

    @AfterEach
    void close() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+4~body~0~~",
                "-4~body~0~~",
                "0x4~body~0~~",
                "4 ~body~0~~",
                " 4~body~0~~",
                "0_4~body~0~~",
                "~body~0~~",
                "4;name=value~body~0~~",
                "10000000000000004~body~0~~",
                "0000000000000004~body~0~~",
                "3~body~0~~",
                "4~bodyXX0~~",
                "4~body0~~",
                "4~body~0~Trailer: x~~",
                "4~body~0~POST /echo HTTP/1.1~Host: x~~",
                "4\nbody\n0\n\n",
                "4\rbody\r0\r\r",
                "4~body\n0~~",
                "4~body~0\n\n",
            })
    void refusesChunksThatAreNone(String chunks) {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(chunks.replace("~", "\r\n"));
            client.send(post("/echo", "smuggled"));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ").contains("\"source\": \"client\"");
            client.hangUp(RawClient.HangUp.HALF_CLOSE);
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4~body~0~~, body", "001~b~2~od~1~y~0000~~, body", "A~0123456789~0~~, 0123456789"})
    void readsChunksThatAreSome(String chunks, String body) {
        try (var client = running.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (char letter : chunks.replace("~", "\r\n").toCharArray()) {
                    client.send(String.valueOf(letter));
                }

                assertThat(client.readAnswer()).endsWith("\r\n\r\n" + body);
            }
        }
    }

    @Test
    void refusesOneChunkOverTheLimitBeforeItEnds() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
            client.send("x".repeat(BODY_LIMIT + 1));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413 ");
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @Test
    void refusesASizeWithoutEnd() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n" + "0".repeat(1_000));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PO\"ST /echo HTTP/1.1~Host: test~~",
                "post /echo HTTP/1.1~Host: test~~",
                "POST /echo#part HTTP/1.1~Host: test~~",
                "POST /echo HTTP/1.1~Host: test~: value~~",
                " POST /echo HTTP/1.1~Host: test~~",
            })
    void refusesAHeadThatIsNone(String head) {
        try (var client = running.client()) {
            client.send(head.replace("~", "\r\n"));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ").contains("\"source\": \"client\"");
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @Test
    void readsOnBehindAHeadThatIsTooLong() {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nX-Long: " + "x".repeat(50_000));

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 400 ");
            for (int i = 0; i < 100; i++) {
                client.send("x".repeat(50_000));
            }
            assertThat(client.endsByReset()).isFalse();
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"GZIP, 400", "Identity, 200", "'gzip, gzip', 415", "identity~Content-Encoding: gzip, 415"})
    void readsContentEncodingInAnyCaseAndOnlyOne(String encoding, int status) {
        try (var client = running.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nContent-Encoding: "
                    + encoding.replace("~", "\r\n") + "\r\n\r\nbody");

            assertThat(client.readAnswer()).startsWith("HTTP/1.1 " + status);
        }
    }
}
