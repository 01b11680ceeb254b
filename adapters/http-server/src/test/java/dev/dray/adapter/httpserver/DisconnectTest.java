package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dray.adapter.httpserver.RawClient.HangUp;
import dev.dray.adapter.httpserver.ScriptedGate.Call;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DisconnectTest {
    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawClient client = running.client();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        client.close();
        running.close();
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void cancelsAQueuedRequest(HangUp way) {
        gate.arriving("/queued", call -> {});
        client.send(post("/queued", "x"));
        Call call = gate.arrived();

        client.hangUp(way);

        assertThat(gate.cancelled()).isEqualTo(call);
        assertThat(gate.cancelsLeft()).isZero();
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void cancelsARequestInPrefillBeforeAnythingWasWritten(HangUp way) {
        gate.proceeding("/prefill", call -> await(released));
        client.send(post("/prefill", "x"));
        Call call = gate.begun();

        client.hangUp(way);

        assertThat(gate.cancelled()).isEqualTo(call);
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void cancelsAStreamWhileNothingIsWritten(HangUp way) {
        gate.proceeding("/stream", call -> {
            call.head();
            call.text("first");
            await(released);
        });
        client.send(post("/stream", "x")).readTo("first\r\n");
        Call call = gate.begun();

        client.hangUp(way);

        assertThat(gate.cancelled()).isEqualTo(call);
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void tellsTheWriterThatTheClientIsGone() {
        var thrown = new CompletableFuture<Throwable>();
        gate.proceeding("/stream", call -> {
            call.head();
            thrown.complete(catchThrowable(() -> writeForEver(call)));
        });
        client.send(post("/stream", "x")).readTo("token\n\r\n");

        client.hangUp(HangUp.RST);

        assertThat(thrown.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ClientGoneException.class);
        assertThat(gate.cancelled().request().path()).isEqualTo("/stream");
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void seesAHangUpOnceThePipelinedRequestThatItReadAheadIsOpen() {
        gate.arriving("/first", call -> {});
        gate.arriving("/second", call -> {});
        client.send(post("/first", "x"));
        Call first = gate.arrived();
        untilReadAhead();
        client.send(post("/second", "y"));
        first.responder().reply(Reply.text(200, "first"));
        assertThat(client.readAnswer()).endsWith("first");
        Call second = gate.arrived();

        client.hangUp(HangUp.FIN);

        assertThat(gate.cancelled()).isEqualTo(second);
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void keepsPipelinedBytesThatWereReadAheadInOrder() {
        gate.arriving("/slow", call -> {});
        gate.proceeding("/echo", Call::echo);
        client.send(post("/slow", "x"));
        Call slow = gate.arrived();
        untilReadAhead();
        String body = "0123456789".repeat(2_000);
        client.send(post("/echo", body) + post("/echo", "last").substring(0, 20));
        untilReadAhead();
        client.send(post("/echo", "last").substring(20));

        slow.responder().reply(Reply.text(200, "slow"));

        assertThat(client.readAnswer()).endsWith("slow");
        assertThat(client.readAnswer()).endsWith("\r\n\r\n" + body);
        assertThat(client.readAnswer()).endsWith("last");
    }

    @Test
    void servesTheNextRequestAfterALongOne() {
        gate.arriving("/slow", call -> {});
        for (int i = 0; i < 3; i++) {
            client.send(post("/slow", "x"));
            Call slow = gate.arrived();
            untilReadAhead();
            slow.responder().reply(Reply.text(200, "done " + i));

            assertThat(client.readAnswer()).endsWith("done " + i);
        }
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void holdsNoMoreThanABoundOfWhatAClientSendsAhead() {
        gate.arriving("/slow", call -> {});
        client.send(post("/slow", "x"));
        Call slow = gate.arrived();
        var sender = Thread.ofVirtual().start(() -> {
            var _ = catchThrowable(() -> client.send(new byte[64 << 20]));
        });

        untilReadAhead();
        slow.responder().reply(Reply.text(200, "done"));

        // Back-pressure: the client cannot get rid of it all while its request is open.
        assertThat(sender.isAlive()).isTrue();
        assertThat(client.readAnswer()).endsWith("done");
    }

    @Test
    void doesNotCancelWhenTheClientClosesAfterTheLastPromisedByte() {
        gate.proceeding("/v1", call -> {
            call.head("Content-Length", "4");
            call.text("done");
            await(released);
            call.responder().end();
        });
        client.send(post("/v1", "x")).readAnswer();
        gate.begun();

        client.hangUp(HangUp.FIN);
        untilReadAhead();
        released.countDown();

        assertThat(gate.cancelsLeft()).isZero();
    }

    private static void writeForEver(Call call) {
        while (true) {
            call.text("token\n");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Longer than the sweep needs to arm the read-ahead; nothing tells from outside that it did.
    private static void untilReadAhead() {
        long deadline = System.nanoTime() + Duration.ofMillis(100).toNanos();
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
