package dev.dray.app.admin.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.adapter.inmemory.RecordingResponder;
import dev.dray.app.admin.live.Frame.Kind;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerTest {
    private final ManualTicker time = new ManualTicker();
    private final Listener listener = new Listener(time, _ -> {});

    private static Frame frame(Kind kind, String text) {
        return Frame.of(kind, JsonNodeFactory.instance.objectNode().put("text", text));
    }

    @Test
    void writesWhatWasLaidOutInOrderAndEndsInGoodOrder() {
        var client = new RecordingResponder();
        client.proceed();
        listener.offer(frame(Kind.POINT, "one"));
        listener.offer(frame(Kind.LOG, "two"));
        listener.over();

        listener.run(client);

        assertThat(client.body().utf8Text()).isEqualTo("""
                        retry: 1000

                        event: point
                        data: {"text":"one"}

                        event: log
                        data: {"text":"two"}

                        """);
        assertThat(client.over()).isTrue();
        assertThat(client.brokenOff()).isFalse();
        assertThat(client.head().orElseThrow().headers().getFirst().value()).startsWith("text/event-stream");
    }

    @Test
    void aNewStatusTakesThePlaceOfOneThatStillWaits() {
        var client = new RecordingResponder();
        client.proceed();
        listener.offer(frame(Kind.STATUS, "old"));
        listener.offer(frame(Kind.POINT, "point"));
        listener.offer(frame(Kind.STATUS, "new"));
        listener.over();

        listener.run(client);

        assertThat(client.body().utf8Text()).doesNotContain("old").contains("point", "new");
    }

    @Test
    void whoLeavesTooMuchLyingIsCutOff() throws Exception {
        var client = new StalledClient();
        Thread thread = Thread.ofVirtual().start(() -> listener.run(client));
        client.stalled.await();

        for (int i = 0; i < 20; i++) {
            listener.offer(frame(Kind.LOG, "x".repeat(60_000)));
        }

        thread.join();
        assertThat(client.brokenOff).isTrue();
    }

    @Test
    void whoTakesTooLongForOnePieceIsCutOff() throws Exception {
        var client = new StalledClient();
        Thread thread = Thread.ofVirtual().start(() -> listener.run(client));
        client.stalled.await();
        time.advance(Duration.ofSeconds(9));
        listener.check();
        assertThat(thread.isAlive()).isTrue();

        time.advance(Duration.ofSeconds(2));
        listener.check();

        thread.join();
        assertThat(client.brokenOff).isTrue();
    }

    @Test
    void whoHasHungUpIsLetGo() throws Exception {
        var client = new RecordingResponder();
        client.proceed();
        Thread thread = Thread.ofVirtual().start(() -> listener.run(client));

        listener.gone();

        thread.join();
        assertThat(client.brokenOff()).isTrue();
    }

    /// Reads nothing: whoever writes to it waits until he is interrupted, as on a socket.
    private static final class StalledClient implements Responder {
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);
        private volatile boolean brokenOff;

        @Override
        public void chunk(byte[] array, int offset, int length) {
            stalled.countDown();
            try {
                never.await();
            } catch (InterruptedException closed) {
                throw new ClientGoneException("closed", closed);
            }
        }

        @Override
        public void breakOff() {
            brokenOff = true;
        }

        @Override
        public void head(ResponseHead head) {
            // Goes into a buffer.
        }

        @Override
        public void end() {
            throw new IllegalStateException("nothing ends well here");
        }

        @Override
        public void proceed() {
            throw new IllegalStateException("has proceeded");
        }

        @Override
        public void reply(Reply reply) {
            throw new IllegalStateException("has begun to answer");
        }

        @Override
        public void forsake(Reply reply) {
            throw new IllegalStateException("has begun to answer");
        }
    }
}
