package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionReuseTest extends ClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void usesTheLastUsedConnectionFirst() throws Exception {
        RawServer server = answering(ANSWER);
        HttpModelServer client = client(server.url());
        RecordingExchange[] together = {launched(client, Call.POST), launched(client, Call.POST)};
        for (RecordingExchange exchange : together) {
            exchange.awaitOver();
        }
        int afterBoth = server.connections();

        for (int i = 0; i < 10; i++) {
            served(client, Call.POST);
        }

        assertThat(server.connections()).isEqualTo(afterBoth).isLessThanOrEqualTo(2);
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(afterBoth, afterBoth));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nConnection: X-Any, Close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 408 Late\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\nok",
            })
    void doesNotReuseAConnectionThatIsNotCleanlyAtItsEnd(String response) throws Exception {
        RawServer server = answering(response);
        HttpModelServer client = client(server.url());

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(served(client, Call.POST).events()).endsWith("ended");

        assertThat(server.connections()).isEqualTo(2);
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0));
    }

    @Test
    void reusesAConnectionOfHttp10IfTheServerKeepsIt() throws Exception {
        RawServer server = answering("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok");
        HttpModelServer client = client(server.url());

        served(client, Call.POST);
        served(client, Call.POST);

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void noticesThatTheServerHasClosedAnIdleConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(2);
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(ANSWER);
            peer.hangUp();
            closed.countDown();
        });
        HttpModelServer client = client(server.url());
        served(client, Call.POST);
        await("the server has closed", () -> closed.getCount() == 1);

        RecordingExchange second = served(client, Call.POST);

        assertThat(second.events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void noticesBytesThatNobodyAskedFor() throws Exception {
        CountDownLatch mayTalk = new CountDownLatch(1);
        CountDownLatch talked = new CountDownLatch(1);
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(ANSWER);
            awaitQuietly(mayTalk);
            peer.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            talked.countDown();
            peer.awaitClose();
        });
        HttpModelServer client = client(server.url());
        served(client, Call.POST);
        mayTalk.countDown();
        awaitQuietly(talked);

        RecordingExchange second = served(client, Call.POST);

        assertThat(second.events()).contains("head 200");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void closesAConnectionThatWasIdleForTooLong() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(ANSWER);
            peer.awaitClose();
        });
        ManualTicker ticker = new ManualTicker();
        HttpModelServer client = client(server.url(), ticker);
        served(client, Call.POST);

        ticker.advance(Duration.ofSeconds(2));
        server.awaitClose();

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void keepsNothingIfToldSo() throws Exception {
        RawServer server = answering(ANSWER);
        HttpModelServer client = client(server.url(), settings -> settings.withKeepAlive(Duration.ZERO));

        served(client, Call.POST);
        served(client, Call.POST);

        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void neverSendsAgainWhatTheServerMayHaveRead() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(ANSWER);
            peer.readRequest();
        });
        HttpModelServer client = client(server.url());
        served(client, Call.POST);

        RecordingExchange second = served(client, Call.POST);

        assertThat(second.awaitFailure().kind()).isEqualTo(Kind.RESET);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void knowsThatNothingWasWrittenToAConnectionThatWasReset() throws Exception {
        RawServer server = playing(RawServer.Peer::reset);
        Flight flight = new Flight(System::nanoTime, NO_TIME_OUTS, () -> {});
        try (Connection connection = new Connection()) {
            connection.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), server.url().getPort()),
                    Origin.of(server.url()),
                    null);
            await("the reset has come", () -> !connection.quiet());

            assertThatThrownBy(() -> connection.write(new byte[100], 0, 100, flight))
                    .isInstanceOf(IOException.class);

            assertThat(connection.written()).isFalse();
        }
    }

    @Test
    void letsRequestsBeyondTheLimitWaitForAConnection() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        RawServer server = playing(peer -> {
            while (peer.readRequest() != null) {
                awaitQuietly(mayAnswer);
                peer.send(ANSWER);
            }
        });
        HttpModelServer client = client(server.url(), settings -> settings.withMaxConnections(1));
        RecordingExchange first = launched(client, Call.POST);
        server.nextRequest();
        RecordingExchange second = launched(client, Call.POST);
        RecordingExchange third = launched(client, Call.POST);

        third.awaitBegun().abort();
        assertThat(third.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(second.events()).containsExactly("begun");
        mayAnswer.countDown();

        first.awaitOver();
        second.awaitOver();
        assertThat(second.events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(1, 1));
    }

    @Test
    void givesUpWaitingForAConnectionAfterTheTimeToTheFirstByte() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });
        HttpModelServer client = client(server.url(), settings -> settings.withMaxConnections(1));
        launched(client, Call.POST);
        server.nextRequest();

        RecordingExchange second = served(
                client,
                Call.POST.timeOuts(new TimeOuts(Duration.ZERO, Duration.ofMillis(50), Duration.ZERO, Duration.ZERO)));

        assertThat(second.awaitFailure().kind()).isEqualTo(Kind.FIRST_BYTE_TIME_OUT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited 20 s in vain");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
