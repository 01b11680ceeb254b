package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.testing.RecordingExchange;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams whose client takes offers; that all other tests with [RecordingExchange] and chunks go this
/// way too.
final class StreamLoopTest extends ClientTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /// A client whose offers do what the test says.
    private record Offered(RecordingExchange to, Runnable atOffer, Runnable atSettle, boolean keepsUp)
            implements ResponseSink {
        @Override
        public void head(ResponseHead head) {
            to.head(head);
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            to.chunk(array, offset, length);
        }

        @Override
        public boolean takesOffers() {
            return true;
        }

        @Override
        public boolean offer(byte[] array, int offset, int length) {
            atOffer.run();
            to.chunk(array, offset, length);
            return keepsUp;
        }

        @Override
        public void settle() {
            atSettle.run();
        }

        @Override
        public void end() {
            to.end();
        }

        @Override
        public void breakOff() {
            to.breakOff();
        }
    }

    @Test
    void carriesManyStreamsOnOneThread() throws Exception {
        int many = 40;
        int tokens = 30;
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(HEAD);
            for (int i = 0; i < tokens; i++) {
                peer.send("5\r\nto" + "%03d".formatted(i) + "\r\n");
            }
            peer.send("0\r\n\r\n");
        });
        HttpModelServer client = client(server.url());
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            expected.append("to%03d".formatted(i));
        }

        List<RecordingExchange> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(launched(client, Call.POST));
        }

        for (RecordingExchange each : all) {
            each.awaitOver();
            assertThat(each.body().utf8Text()).isEqualTo(expected.toString());
            assertThat(each.events()).endsWith("relay end", "ended");
        }
    }

    @Test
    void usesTheConnectionOfAStreamAgain() throws Exception {
        RawServer server = playing(peer -> {
            while (peer.readRequest() != null) {
                peer.send(HEAD);
                peer.sendByteByByte("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
            }
        });
        HttpModelServer client = client(server.url());

        for (int i = 0; i < 3; i++) {
            assertThat(served(client, Call.POST).body().utf8Text()).isEqualTo("hello");
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aClientThatDoesNotKeepUpKeepsNobodyElseUp() throws Exception {
        RawServer server = playing(StreamLoopTest::streamForEver);
        HttpModelServer client = client(server.url());
        var waits = new CountDownLatch(1);
        var reads = new CountDownLatch(1);
        RecordingExchange slow = RecordingExchange.patient();
        client.launch(call(new Offered(slow, () -> {}, () -> waitFor(waits, reads), false)), slow);
        assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();

        RecordingExchange quick = launched(client, Call.POST);

        await("the other stream goes on", () -> quick.chunks() > 20);
        int taken = slow.chunks();
        reads.countDown();
        await("the slow one goes on too", () -> slow.chunks() > taken);
        slow.awaitBegun().abort();
        quick.awaitBegun().abort();
        assertThat(slow.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        assertThat(quick.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
    }

    private static void waitFor(CountDownLatch waits, CountDownLatch reads) {
        waits.countDown();
        try {
            reads.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFaultOfTheClientIsToldAsAFailureAndKeepsTheOthersGoing() throws Exception {
        RawServer server = playing(StreamLoopTest::streamForEver);
        HttpModelServer client = client(server.url());
        RecordingExchange other = launched(client, Call.POST);
        other.awaitChunk();
        RecordingExchange exchange = RecordingExchange.patient();
        Runnable fault = () -> {
            throw new IllegalStateException("planted");
        };

        client.launch(call(new Offered(exchange, fault, () -> {}, true)), exchange);

        assertThat(exchange.awaitFailure().message()).contains("planted", "report");
        int before = other.chunks();
        await("the other stream goes on", () -> other.chunks() > before);
        other.awaitBegun().abort();
        other.awaitFailure();
    }

    @Test
    void anInterruptOfItsOwnThreadEndsAStream() throws Exception {
        RawServer server = playing(StreamLoopTest::streamForEver);
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = RecordingExchange.patient();
        var interrupted = new AtomicReference<Boolean>();
        Thread own = Thread.ofVirtual().start(() -> {
            client.start(Call.POST.to(exchange), exchange);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        exchange.awaitChunk();

        own.interrupt();

        server.awaitClose();
        exchange.awaitFailure();
        own.join();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void aSilentModelServerIsTimedOut() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(HEAD + "5\r\ntoken\r\n");
            peer.awaitClose();
        });
        var limits =
                new ModelCall.TimeOuts(Duration.ofSeconds(20), Duration.ZERO, Duration.ofMillis(50), Duration.ZERO);

        RecordingExchange exchange = served(client(server.url()), Call.POST.timeOuts(limits));

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.IDLE_TIME_OUT);
        server.awaitClose();
    }

    @Test
    void aStreamThatEndsBeforeItsLastChunkIsAFailure() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(HEAD + "5\r\ntoken\r\n");
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.RESET);
        assertThat(exchange.body().utf8Text()).isEqualTo("token");
    }

    @Test
    void bytesBehindAStreamMakeItsConnectionUnfit() throws Exception {
        RawServer server = playing(peer -> {
            while (peer.readRequest() != null) {
                peer.send(HEAD);
                peer.send("5\r\ntoken\r\n");
                peer.send("0\r\n\r\nHTTP/1.1 200 OK\r\n");
            }
        });
        HttpModelServer client = client(server.url());

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(served(client, Call.POST).events()).endsWith("ended");

        assertThat(server.connections()).isEqualTo(2);
    }

    /// The selection by which the loop lets streams go takes wake-ups that were meant for the next wait: then a stream
    /// was never begun to be read.
    @Test
    @Timeout(20)
    void doesNotWaitWhileANewStreamIsNotSeenYet() throws Exception {
        Flight flight = new Flight(System::nanoTime, NO_TIME_OUTS, () -> {});
        try (Selector selector = Selector.open();
                Connection connection = new Connection();
                var loop = new StreamLoop()) {
            loop.tell(new Ride(connection, flight, new ChunkedDecoder(), RecordingExchange.patient()));
            selector.wakeup();
            selector.selectNow();

            loop.awaitNews(selector);
        }
    }

    private static ModelCall call(ResponseSink sink) {
        return Call.POST.to(sink);
    }

    private static void streamForEver(RawServer.Peer peer) throws java.io.IOException {
        peer.readRequest();
        peer.send(HEAD);
        peer.sendUntilClosed("5\r\ntoken\r\n");
    }
}
