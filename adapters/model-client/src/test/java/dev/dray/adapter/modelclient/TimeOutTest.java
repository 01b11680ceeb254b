package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.testing.RecordingExchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class TimeOutTest extends ClientTest {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration NONE = Duration.ZERO;

    @Test
    void connecting() throws Exception {
        DeafServer server = toClose(DeafServer.open());

        ModelFailure failure = failure(client(server.url()), new TimeOuts(SHORT, NONE, NONE, NONE));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT_TIME_OUT);
        assertThat(failure.message())
                .contains("60 ms", "time-outs.connect", server.url().toString());
    }

    @Test
    void waitingForTheFirstByte() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });

        ModelFailure failure = failure(client(server.url()), new TimeOuts(NONE, SHORT, NONE, NONE));

        assertThat(failure.kind()).isEqualTo(Kind.FIRST_BYTE_TIME_OUT);
        server.awaitClose();
    }

    @Test
    void standingStillInTheHead() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nX-");
            peer.awaitClose();
        });

        assertThat(failure(client(server.url()), new TimeOuts(NONE, NONE, SHORT, NONE))
                        .kind())
                .isEqualTo(Kind.IDLE_TIME_OUT);
        server.awaitClose();
    }

    @Test
    void standingStillInTheBody() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntoken\r\n");
            peer.awaitClose();
        });

        assertThat(failure(client(server.url()), new TimeOuts(NONE, NONE, SHORT, NONE))
                        .kind())
                .isEqualTo(Kind.IDLE_TIME_OUT);
        server.awaitClose();
    }

    @Test
    void takingNoMoreOfTheRequest() throws Exception {
        RawServer server = playing(RawServer.Peer::waitWithoutReading);
        Call large = Call.POST.body(Bytes.of(new byte[32 << 20])).timeOuts(new TimeOuts(NONE, NONE, SHORT, NONE));

        assertThat(served(client(server.url()), large).awaitFailure().kind()).isEqualTo(Kind.IDLE_TIME_OUT);
    }

    @Test
    void notEndingThoughTokensCome() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.sendUntilClosed("5\r\ntoken\r\n");
        });

        ModelFailure failure = failure(client(server.url()), new TimeOuts(NONE, NONE, Duration.ofSeconds(60), SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.TOTAL_TIME_OUT);
        server.awaitClose();
    }

    @Test
    void theNearerOfTwoDeadlinesCounts() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });
        HttpModelServer client = client(server.url());
        Duration distant = Duration.ofMinutes(50);

        assertThat(failure(client, new TimeOuts(NONE, SHORT, NONE, distant)).kind())
                .isEqualTo(Kind.FIRST_BYTE_TIME_OUT);
        assertThat(failure(client, new TimeOuts(NONE, distant, NONE, SHORT)).kind())
                .isEqualTo(Kind.TOTAL_TIME_OUT);
        assertThat(failure(client, new TimeOuts(NONE, Duration.ofDays(1_000_000), NONE, SHORT))
                        .kind())
                .isEqualTo(Kind.TOTAL_TIME_OUT);
    }

    @Test
    void aSlowClientIsNotAnIdleModelServer() throws Exception {
        RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        ManualTicker ticker = new ManualTicker();
        HttpModelServer client = client(server.url(), ticker);
        RecordingExchange exchange = RecordingExchange.patient();
        ResponseSink slow = new BeforeEachChunk(exchange, () -> {
            ticker.advance(Duration.ofHours(1));
            // Long enough for the deadlines to be looked at a few times.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        });
        TimeOuts limits = new TimeOuts(SHORT, SHORT, SHORT, NONE);

        client.launch(
                new ModelCall(0, "GET", "/", ModelBody.NONE, List.of(), limits, ModelCall.Work.OWN, slow), exchange);

        exchange.awaitOver();
        assertThat(exchange.events()).endsWith("relay end", "ended");
    }

    private static ModelFailure failure(HttpModelServer client, TimeOuts limits) throws InterruptedException {
        return served(client, Call.POST.timeOuts(limits)).awaitFailure();
    }
}
