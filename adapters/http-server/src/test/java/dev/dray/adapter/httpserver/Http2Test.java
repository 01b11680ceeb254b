package dev.dray.adapter.httpserver;

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

final class Http2Test {
    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawHttp2Client client = new RawHttp2Client(running.listener().port());
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        client.close();
        running.close();
    }

    @Test
    void sendsHeadAndEachChunkAtOnce() {
        gate.proceeding("/stream", call -> {
            call.head();
            await(released);
            call.text("one");
            call.text("two");
            call.responder().end();
        });
        client.post(1, "/stream", "x");

        client.next(RawHttp2Client.HEADERS, 1);
        released.countDown();

        assertThat(client.nextData(1).text()).isEqualTo("one");
        assertThat(client.nextData(1).text()).isEqualTo("two");
        assertThat(client.nextData(1).flags()).isEqualTo(RawHttp2Client.END_STREAM);
    }

    @Test
    void servesStreamsSideBySide() {
        gate.arriving("/slow", call -> {});
        gate.proceeding("/echo", Call::echo);
        client.post(1, "/slow", "x");
        Call slow = gate.arrived();

        client.post(3, "/echo", "quick");
        assertThat(client.nextData(3).text()).isEqualTo("quick");
        slow.responder().reply(Reply.text(200, "slow"));

        assertThat(client.nextData(1).text()).isEqualTo("slow");
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void cancelsTheRequestWhoseStreamIsReset() {
        gate.arriving("/queued", call -> {});
        client.post(1, "/queued", "x");
        client.post(3, "/queued", "y");
        Call one = gate.arrived();
        Call other = gate.arrived();
        Call wanted = one.request().body().utf8Text().equals("y") ? one : other;

        client.reset(3);

        assertThat(gate.cancelled()).isEqualTo(wanted);
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void cancelsAStreamThatIsResetTogetherWithItsRequest() {
        gate.arriving("/queued", call -> {});
        gate.arriving("/next", call -> call.responder().reply(Reply.text(200, "next")));
        client.post(1, "/queued", "x");
        client.reset(1);
        client.post(3, "/next", "x");

        assertThat(client.nextData(3).text()).isEqualTo("next");
        // Whether the reset or the request was seen first: a request that reached the gate is cancelled.
        if (gate.arrived().request().path().equals("/queued")) {
            assertThat(gate.cancelled().request().path()).isEqualTo("/queued");
        }
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void cancelsAllRequestsOfAConnectionThatEnds(HangUp way) {
        gate.proceeding("/prefill", call -> await(released));
        client.post(1, "/prefill", "x");
        client.post(3, "/prefill", "x");
        gate.begun();
        gate.begun();

        client.socket().hangUp(way);

        assertThat(gate.cancelled()).isNotEqualTo(gate.cancelled());
    }

    @Test
    void resetsAStreamThatIsBrokenOff() {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });
        client.post(1, "/breaking", "x");

        assertThat(client.nextData(1).text()).isEqualTo("half");
        assertThat(client.next(RawHttp2Client.RST_STREAM, 1).payload().toByteArray())
                .containsExactly(0, 0, 0, 2);
    }

    @Test
    void tellsTheWriterThatTheStreamIsReset() {
        var thrown = new CompletableFuture<Throwable>();
        gate.proceeding("/stream", call -> {
            call.head();
            thrown.complete(catchThrowable(() -> writeForEver(call)));
        });
        client.post(1, "/stream", "x");
        client.nextData(1);

        client.reset(1);

        assertThat(thrown.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ClientGoneException.class);
        assertThat(gate.cancelled().request().path()).isEqualTo("/stream");
    }

    @Test
    void cancelsAStreamWhoseReaderGivesNoMoreRoom() {
        gate.proceeding("/flood", call -> {
            call.head();
            byte[] much = new byte[1 << 20];
            call.responder().chunk(much, 0, much.length);
        });
        try (var hasty = RunningListener.of(gate, limits(Duration.ofMillis(200)));
                var stalled = new RawHttp2Client(hasty.listener().port())) {
            stalled.post(1, "/flood", "x");

            assertThat(gate.cancelled()).isEqualTo(gate.begun());
        }
    }

    @Test
    void endsAConnectionOnWhichNoRequestIsOpen() {
        try (var hasty = RunningListener.of(gate, limits(Duration.ofMillis(200)));
                var idle = new RawHttp2Client(hasty.listener().port())) {
            assertThat(idle.socket().readToEnd()).isNotNull();
        }
    }

    @Test
    void cutsOffABodyThatPauses() {
        gate.proceeding("/echo", Call::echo);
        try (var hasty = RunningListener.of(gate, limits(Duration.ofMillis(200)));
                var pausing = new RawHttp2Client(hasty.listener().port())) {
            pausing.headers(1, "/echo");
            pausing.data(1, 0, "half");

            pausing.next(RawHttp2Client.RST_STREAM, 1);
        }
        assertThat(gate.arrivalsLeft()).isZero();
    }

    private static ListenerLimits limits(Duration idle) {
        return new ListenerLimits(1 << 20, 64 << 20, idle, idle, idle);
    }

    private static void writeForEver(Call call) {
        while (true) {
            call.text("token\n");
            LockSupport.parkNanos(1_000_000);
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
