package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that ask for more than one client should.
final class FloodTest {
    private static final int SETTINGS = 4;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int ENDLESS = 1_000_000;
    private static final int LAST_STREAM = (1 << 24) - 1;

    private final ScriptedGate gate = new ScriptedGate().proceeding("/echo", Call::echo);
    private final RunningListener running = RunningListener.of(gate);
    private final RawHttp2Client client = new RawHttp2Client(running.listener().port());

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @Test
    void saysHowManyStreamsMayBeOpen() {
        ByteBuffer settings = ByteBuffer.wrap(client.next(SETTINGS, 0).payload().toByteArray());
        int most = -1;
        while (settings.hasRemaining()) {
            int name = settings.getShort();
            int value = settings.getInt();
            most = name == MAX_CONCURRENT_STREAMS ? value : most;
        }

        assertThat(most).isEqualTo(1_000);
    }

    @Test
    void endsAConnectionThatResetsItsStreamsAllTheTime() {
        gate.arriving("/queued", call -> {});
        int stream = 1;
        try {
            for (; stream < LAST_STREAM; stream += 2) {
                client.post(stream, "/queued", "x");
                client.reset(stream);
            }
        } catch (UncheckedIOException e) {
            // The connection was ended while we wrote.
        }

        assertThat(stream).isLessThan(LAST_STREAM);
        assertServesOthers();
    }

    @Test
    void endsAConnectionWhoseHeadNeverEnds() {
        byte[] much = new byte[16_000];
        much[0] = 0;
        much[1] = 1;
        much[2] = 'a';
        int frames = 0;
        try {
            client.send(RawHttp2Client.HEADERS, 0, 1, new byte[0]);
            for (; frames < 10_000; frames++) {
                client.send(RawHttp2Client.CONTINUATION, 0, 1, much);
            }
        } catch (UncheckedIOException e) {
            // The connection was ended while we wrote.
        }

        assertThat(frames).isLessThan(10_000);
        assertServesOthers();
    }

    @Test
    void endsAConnectionWhoseHeadGoesOnWithoutContent() {
        client.send(RawHttp2Client.HEADERS, 0, 1, new byte[0]);

        assertThat(sentBeforeTheEnd(RawHttp2Client.CONTINUATION, 1, new byte[0]))
                .isLessThan(ENDLESS);
        assertServesOthers();
    }

    @ParameterizedTest
    @CsvSource({"6, 0, 8", "4, 0, 0", "2, 1, 5", "99, 0, 100"})
    void endsAConnectionThatSendsFramesOnlyToKeepUsBusy(int type, int stream, int length) {
        assertThat(sentBeforeTheEnd(type, stream, new byte[length])).isLessThan(ENDLESS);
        assertServesOthers();
    }

    private int sentBeforeTheEnd(int type, int stream, byte[] payload) {
        int sent = 0;
        try {
            for (; sent < ENDLESS; sent++) {
                client.send(type, 0, stream, payload);
            }
        } catch (UncheckedIOException e) {
            // The connection was ended while we wrote.
        }
        return sent;
    }

    private void assertServesOthers() {
        try (var other = new RawHttp2Client(running.listener().port())) {
            other.post(1, "/echo", "here");
            assertThat(other.nextData(1).text()).isEqualTo("here");
        }
    }

    @Test
    void closesConnectionsOverTheLimitOfTheirClientAndTakesNewOnesWhenOldOnesEnd() {
        Duration ample = Duration.ofSeconds(30);
        var limits = new ListenerLimits(1 << 20, 64 << 20, ample, ample, ample, ample, OptionalInt.of(2));
        try (var few = RunningListener.of(gate, limits);
                var one = few.client();
                var two = few.client()) {
            assertThat(one.send(RawClient.post("/echo", "1")).readAnswer()).endsWith("1");
            assertThat(two.send(RawClient.post("/echo", "2")).readAnswer()).endsWith("2");
            try (var three = few.client()) {
                assertThat(three.readToEnd()).isEmpty();
            }
            assertThat(few.listener().refusedConnections()).isEqualTo(1);

            assertThat(one.send("POST /echo HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                            .readToEnd())
                    .startsWith("HTTP/1.1 200");

            assertThat(answered(few)).isTrue();
        }
    }

    /// The old connection is gone for its client a moment before it is for the listener.
    private static boolean answered(RunningListener few) {
        for (int i = 0; i < 1_000; i++) {
            try (var four = few.client()) {
                four.send(RawClient.post("/echo", "4"));
                if (four.readToEnd(1) != 0) {
                    return true;
                }
            } catch (UncheckedIOException e) {
                // Refused while we wrote.
            }
        }
        return false;
    }
}
