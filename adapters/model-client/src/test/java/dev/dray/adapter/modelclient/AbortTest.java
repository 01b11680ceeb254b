package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AbortTest extends ClientTest {
    @Test
    void abortsWhileConnecting() throws Exception {
        DeafServer server = toClose(DeafServer.open());
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = launched(client, Call.POST);

        exchange.awaitBegun().abort();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        await("the connection is given back", () -> client.connections().open() == 0);
    }

    @Test
    void closesTheConnectionWhileTheModelReadsThePrompt() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });
        RecordingExchange exchange = launched(client(server.url()), Call.POST);
        server.nextRequest();

        exchange.awaitBegun().abort();

        server.awaitClose();
        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(exchange.events()).containsExactly("begun", "failed ABORTED");
    }

    @Test
    void closesTheConnectionWhileTheModelTakesNoMoreOfTheBody() throws Exception {
        RawServer server = playing(RawServer.Peer::waitWithoutReading);
        Call large = Call.POST.body(Bytes.of(new byte[32 << 20]));
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = launched(client, large);
        await("it is connected", () -> server.connections() == 1);

        exchange.awaitBegun().abort();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
    }

    @Test
    void closesTheConnectionInTheMiddleOfAStream() throws Exception {
        RawServer server = playing(AbortTest::streamForEver);
        RecordingExchange exchange = launched(client(server.url()), Call.POST);
        exchange.awaitChunk();

        exchange.awaitBegun().abort();

        server.awaitClose();
        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(exchange.events()).doesNotContain("relay end", "relay break-off");
    }

    @Test
    void closesTheConnectionWhenTheClientIsGone() throws Exception {
        RawServer server = playing(AbortTest::streamForEver);
        RecordingExchange exchange = RecordingExchange.goneAfter(3);

        client(server.url()).launch(Call.POST.to(exchange), exchange);

        server.awaitClose();
        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.CLIENT_GONE);
        assertThat(exchange.chunks()).isEqualTo(3);
    }

    @Test
    void anAbortThatComesTooLateDoesNotTouchTheNextRequest() throws Exception {
        RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HttpModelServer client = client(server.url());
        RecordingExchange first = served(client, Call.POST);

        first.awaitBegun().abort();

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(first.events()).endsWith("ended");
    }

    @Test
    void anAbortAtTheLastByteStillCounts() throws Exception {
        RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = RecordingExchange.patient();

        client.launch(Call.POST.to(new BeforeEachChunk(exchange, () -> abort(exchange))), exchange);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(exchange.events()).doesNotContain("relay end");
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0));
    }

    private static void abort(RecordingExchange exchange) {
        try {
            exchange.awaitBegun().abort();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFaultOfTheSinkIsToldAsAFailure() throws Exception {
        RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = RecordingExchange.patient();
        Runnable fault = () -> {
            throw new IllegalStateException("planted");
        };

        client.start(Call.POST.to(new BeforeEachChunk(exchange, fault)), exchange);

        assertThat(exchange.awaitFailure().message()).contains("planted", "report");
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0));
    }

    @Test
    void closingTheClientAbortsWhatIsInFlight() throws Exception {
        RawServer server = playing(AbortTest::streamForEver);
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = launched(client, Call.POST);
        exchange.awaitChunk();

        client.close();
        client.close();

        server.awaitClose();
        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(served(client, Call.POST).awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0));
    }

    private static void streamForEver(RawServer.Peer peer) throws IOException {
        peer.readRequest();
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        peer.sendUntilClosed("5\r\ntoken\r\n");
    }
}
