package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.port.exchange.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ListenerLifeTest {
    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawClient client = running.client();

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @Test
    void tellsWhichPortIsTaken() {
        int taken = running.listener().port();

        assertThatThrownBy(() -> HttpListener.start(
                        ListenerSettings.plain("second", "127.0.0.1", taken), gate, System::nanoTime))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("listener 'second' cannot bind 127.0.0.1:" + taken);
    }

    @Test
    void finishesOpenRequestsButTakesNoNewConnections() {
        gate.arriving("/open", call -> {});
        client.send(post("/open", "x"));
        var call = gate.arrived();

        running.listener().stopAccepting();
        awaitRefused();
        call.responder().reply(Reply.text(200, "done"));

        assertThat(client.readAnswer()).contains("Connection: close\r\n").endsWith("done");
        assertThat(client.readToEnd()).isEmpty();
        assertThat(gate.cancelsLeft()).isZero();
    }

    @Test
    void cutsOffWhatOutlivesTheGrace() {
        gate.arriving("/open", call -> {});
        client.send(post("/open", "x"));
        var call = gate.arrived();

        running.listener().close(Duration.ofMillis(50));

        assertThat(gate.cancelled()).isEqualTo(call);
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void startsAlthoughTheThreadCarriesAForeignClassLoader() {
        gate.arriving("/v1", call -> call.responder().reply(Reply.text(200, "served")));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());

        try (var second = RunningListener.of(gate);
                var other = second.client()) {
            assertThat(other.send(post("/v1", "x")).readAnswer()).endsWith("served");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void awaitRefused() {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                running.client().close();
                LockSupport.parkNanos(1_000_000);
            } catch (UncheckedIOException e) {
                return;
            }
        }
        throw new AssertionError("the port still takes connections");
    }
}
