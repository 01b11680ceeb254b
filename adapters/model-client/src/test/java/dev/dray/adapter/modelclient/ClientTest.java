package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/// Opens servers and clients for one test and closes them after it.
abstract class ClientTest {
    static final TimeOuts NO_TIME_OUTS =
            new TimeOuts(Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /// Moves only when told; begins where overflow shows at once. Deadlines are still looked at in real
    /// time.
    static final class ManualTicker {
        private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

        long nanos() {
            return nanos.get();
        }

        void advance(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    /// One call as the tests want it: quiet defaults, one thing changed.
    record Call(String method, String path, Bytes body, List<HeaderField> headers, TimeOuts timeOuts) {
        static final Call POST =
                new Call("POST", "/v1/completions", Bytes.utf8("{\"prompt\": \"hi\"}"), List.of(), NO_TIME_OUTS);

        Call method(String newMethod) {
            return new Call(newMethod, path, body, headers, timeOuts);
        }

        Call path(String newPath) {
            return new Call(method, newPath, body, headers, timeOuts);
        }

        Call body(Bytes newBody) {
            return new Call(method, path, newBody, headers, timeOuts);
        }

        Call header(String name, String value) {
            List<HeaderField> more = new ArrayList<>(headers);
            more.add(new HeaderField(name, value));
            return new Call(method, path, body, more, timeOuts);
        }

        Call timeOuts(TimeOuts newTimeOuts) {
            return new Call(method, path, body, headers, newTimeOuts);
        }

        ModelCall to(ResponseSink sink) {
            ModelBody sent = body.length() == 0 ? ModelBody.NONE : ModelBody.json(body);
            return new ModelCall(0, method, path, sent, headers, timeOuts, ModelCall.Work.OWN, sink);
        }
    }

    /// A client to which something happens before it takes each piece.
    record BeforeEachChunk(ResponseSink to, Runnable what) implements ResponseSink {
        @Override
        public void head(ResponseHead head) {
            to.head(head);
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            what.run();
            to.chunk(array, offset, length);
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

    RawServer playing(RawServer.Script script) throws IOException {
        return toClose(RawServer.playing(script));
    }

    RawServer answering(String response) throws IOException {
        return toClose(RawServer.answering(response));
    }

    HttpModelServer client(URI url) {
        return client(url, settings -> settings);
    }

    HttpModelServer client(URI url, UnaryOperator<ModelClientSettings> change) {
        return toClose(new HttpModelServer(change.apply(ModelClientSettings.of(url, "1.2.3")), System::nanoTime));
    }

    HttpModelServer client(URI url, ManualTicker ticker) {
        return toClose(new HttpModelServer(ModelClientSettings.of(url, "1.2.3"), ticker::nanos));
    }

    <T extends AutoCloseable> T toClose(T resource) {
        opened.push(resource);
        return resource;
    }

    /// Carries the call to its end.
    static RecordingExchange served(HttpModelServer client, Call call) throws InterruptedException {
        RecordingExchange exchange = launched(client, call);
        exchange.awaitOver();
        return exchange;
    }

    static RecordingExchange launched(HttpModelServer client, Call call) {
        RecordingExchange exchange = RecordingExchange.patient();
        client.launch(call.to(exchange), exchange);
        return exchange;
    }

    /// Polls until something is so.
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + DEADLINE + " in vain until " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
