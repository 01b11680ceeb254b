package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dray.adapter.httpserver.RawClient.HangUp;
import dev.dray.adapter.httpserver.ScriptedGate.Call;
import dev.dray.port.exchange.ClientGoneException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Answers whose body another thread passes on, which must not wait.
final class OfferTest {
    private static final byte[] PIECE = "0123456789abcdef".repeat(512).getBytes(StandardCharsets.US_ASCII);

    // Longer than the sweep takes to have a client waited for.
    private static final long MODEL_NANOS = 25_000_000;

    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawClient client = running.client();

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @Test
    void sendsWhatAnotherThreadOffersInChunks() {
        gate.proceeding("/stream", call -> {
            call.head();
            elsewhere(() -> {
                assertThat(offer(call, "one")).isTrue();
                assertThat(offer(call, "three")).isTrue();
            });
            call.responder().settle();
            call.responder().end();
        });

        client.send(post("/stream", "x"));

        assertThat(client.readTo("0\r\n\r\n"))
                .endsWith("Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n");
    }

    @Test
    void sendsItAsItIsToAClientOfHttp10() {
        gate.proceeding("/stream", call -> {
            call.head();
            elsewhere(() -> assertThat(offer(call, "plain")).isTrue());
            call.responder().settle();
            call.responder().end();
        });

        client.send("POST /stream HTTP/1.0\r\nContent-Length: 1\r\n\r\nx");

        assertThat(client.readToEnd()).endsWith("\r\n\r\nplain");
    }

    @Test
    void anAnswerOfKnownLengthTakesNone() {
        var takes = new CompletableFuture<Boolean>();
        gate.proceeding("/known", call -> {
            call.head("Content-Length", "1");
            takes.complete(call.responder().takesOffers());
            call.text("x");
            call.responder().end();
        });

        client.send(post("/known", "x")).readAnswer();

        assertThat(takes.join()).isFalse();
    }

    @Test
    void keepsTheRestOfAnOfferUntilTheClientReads() {
        var behind = new CountDownLatch(1);
        var pieces = new CompletableFuture<Integer>();
        gate.proceeding("/stream", call -> {
            call.head();
            int offered = 1;
            while (call.responder().offer(PIECE, 0, PIECE.length)) {
                offered++;
            }
            pieces.complete(offered);
            behind.countDown();
            call.responder().settle();
            call.responder().end();
        });
        client.send(post("/stream", "x"));
        await(behind);

        client.readTo("\r\n\r\n");
        String chunk =
                Integer.toHexString(PIECE.length) + "\r\n" + new String(PIECE, StandardCharsets.US_ASCII) + "\r\n";
        String body = chunk.repeat(pieces.join()) + "0\r\n\r\n";
        assertThat(new String(client.readBytes(body.length()), StandardCharsets.US_ASCII))
                .isEqualTo(body);
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void cutsOffAClientThatDoesNotReadOn() {
        var thrown = new CompletableFuture<Throwable>();
        gate.proceeding("/stream", call -> {
            call.head();
            while (call.responder().offer(PIECE, 0, PIECE.length)) {
                // Until the client's buffers are full.
            }
            thrown.complete(catchThrowable(call.responder()::settle));
        });
        Duration minute = Duration.ofMinutes(1);
        var limits = new ListenerLimits(1 << 20, 1 << 20, minute, minute, Duration.ofMillis(300));

        try (RunningListener impatient = RunningListener.of(gate, limits);
                RawClient stalled = impatient.client()) {
            stalled.send(post("/stream", "x"));

            assertThat(thrown.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ClientGoneException.class);
            assertThat(stalled.endsByReset()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void tellsWhoOffersThatTheClientIsGone(HangUp way) {
        var over = new CountDownLatch(1);
        gate.proceeding("/stream", call -> {
            call.head();
            call.text("first");
            await(over);
        });
        client.send(post("/stream", "x")).readTo("first\r\n");
        Call call = gate.begun();

        client.hangUp(way);

        assertThat(gate.cancelled()).isEqualTo(call);
        assertThat(catchThrowable(() -> offer(call, "second"))).isInstanceOf(ClientGoneException.class);
        over.countDown();
    }

    @Test
    void theNextRequestOnTheConnectionIsServedAfterALongStream() {
        var longer = new Semaphore(0);
        gate.arriving("/queued", call -> {});
        gate.proceeding("/echo", Call::echo);
        gate.proceeding("/stream", call -> {
            call.head();
            call.text("first");
            longer.acquireUninterruptibly();
            elsewhere(() -> assertThat(offer(call, "second")).isTrue());
            call.responder().end();
        });

        for (int i = 0; i < 3; i++) {
            client.send(post("/stream", "x")).readTo("first\r\n");
            client.send(post("/echo", "behind it"));
            letTheSweepLookTwice();
            longer.release();
            client.readTo("second\r\n0\r\n\r\n");
            assertThat(client.readAnswer()).endsWith("behind it");
            assertThat(client.send(post("/echo", "later")).readAnswer()).endsWith("later");
        }
    }

    @Test
    void manyConnectionsWithManyLongRequestsAreAllServed() {
        gate.proceeding("/slow", call -> {
            LockSupport.parkNanos(MODEL_NANOS);
            call.echo();
        });

        IntStream.range(0, 32)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> askOften(number), task -> Thread.ofVirtual().start(task)))
                .toList()
                .forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());
    }

    private void askOften(int number) {
        try (RawClient own = running.client()) {
            for (int i = 0; i < 20; i++) {
                String text = number + "-" + i;
                assertThat(own.send(post("/slow", text)).readAnswer()).endsWith("\r\n\r\n" + text);
            }
        }
    }

    /// Another client that hangs up is seen at the second look.
    private void letTheSweepLookTwice() {
        try (RawClient other = running.client()) {
            other.send(post("/queued", "x"));
            other.hangUp(HangUp.FIN);
            assertThat(gate.cancelled().request().path()).isEqualTo("/queued");
        }
    }

    private static boolean offer(Call call, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return call.responder().offer(bytes, 0, bytes.length);
    }

    private static void elsewhere(Runnable offers) {
        CompletableFuture.runAsync(offers).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
