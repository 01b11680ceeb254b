package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.PluginContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRoutesTest {
    private final Told told = new Told();
    private final Sink sink = new Sink();

    @Test
    void wrapsWhatThePluginReturns() {
        local(payload -> Bytes.utf8("{\"ok\": " + payload.numeric("/n").orElseThrow() + "}"))
                .start(call("/ping", "{\"n\": 2}"), told);

        assertThat(sink.text).hasToString("{\"result\": {\"ok\": 2.0}}");
        assertThat(sink.head.status()).isEqualTo(200);
        assertThat(HeaderField.first(sink.head.headers(), "Content-Type")).contains("application/json; charset=utf-8");
        assertThat(HeaderField.first(sink.head.headers(), "Content-Length")).contains("23");
        assertThat(told.events).containsExactly("begun", "head 200", "ended");
    }

    @Test
    void anyOtherPathGoesOnToTheModelServer() {
        LocalRoutes routes = local(payload -> Bytes.utf8("1"));

        routes.start(call("/other", "{}"), told);
        routes.launch(call("/other", "{}"), told);

        assertThat(told.events).containsExactly("started below /other", "launched below /other");
    }

    @Test
    void aPluginThatThrowsIsNamedButItsMessageIsNot() {
        local(payload -> {
                    throw new IOException("secret of the client");
                })
                .start(call("/ping", "{}"), told);

        assertThat(told.failure().kind()).isEqualTo(ModelFailure.Kind.PLUGIN_FAULT);
        assertThat(told.failure().message())
                .contains("plugin 'small'", "/ping", "java.io.IOException", "LocalRoutesTest")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "nothing"})
    void anAnswerThatIsNotJsonIsThePluginsFault(String answer) {
        local(payload -> Bytes.utf8(answer)).start(call("/ping", "{}"), told);

        assertThat(told.failure().kind()).isEqualTo(ModelFailure.Kind.PLUGIN_FAULT);
        assertThat(told.events).doesNotContain("head 200");
    }

    @Test
    void anAbortInterruptsTheCall() throws Exception {
        var inside = new CountDownLatch(1);
        LocalRoutes routes = local(payload -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return Bytes.utf8("1");
        });

        routes.launch(call("/ping", "{}"), told);
        inside.await();
        told.abort.get().abort();

        assertThat(told.failed.get().kind()).isEqualTo(ModelFailure.Kind.ABORTED);
    }

    @Test
    void anAbortThatThePluginOverhearsDoesNotHitTheWriting() {
        local(payload -> {
                    told.abort.get().abort();
                    return Bytes.utf8("1");
                })
                .start(call("/ping", "{}"), told);

        assertThat(sink.interruptedWhileWriting).isFalse();
        assertThat(told.events).containsExactly("begun", "head 200", "ended");
        told.abort.join().abort();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aClientThatHasGoneIsTold() {
        sink.gone = true;

        local(payload -> Bytes.utf8("1")).start(call("/ping", "{}"), told);

        assertThat(told.failure().kind()).isEqualTo(ModelFailure.Kind.CLIENT_GONE);
    }

    /// What a plugin does with a payload.
    private interface Answering {
        Bytes answer(RequestPayload payload) throws Exception;
    }

    private LocalRoutes local(Answering answering) {
        LocalRoute route = new LocalRoute() {
            @Override
            public String path() {
                return "/ping";
            }

            @Override
            public Bytes call(RequestPayload payload) throws Exception {
                return answering.answer(payload);
            }
        };
        return new LocalRoutes(new LocalRoutes.Served(entry(), Map.of("/ping", route)), new Below());
    }

    private static PluginEntry entry() {
        BackendPlugin plugin = new BackendPlugin() {
            @Override
            public String id() {
                return "small";
            }

            @Override
            public Backend start(PluginContext context) {
                throw new AssertionError("started already");
            }
        };
        ClassLoader loader = LocalRoutesTest.class.getClassLoader();
        return new PluginEntry("small", Set.of(), "1", Path.of("small.jar"), true, plugin, loader);
    }

    private ModelCall call(String path, String body) {
        return new ModelCall(
                0,
                "POST",
                path,
                ModelBody.json(Bytes.utf8(body)),
                List.of(),
                TimeOuts.SERIAL,
                ModelCall.Work.OWN,
                sink);
    }

    private static final class Below implements ModelServer {
        @Override
        public void start(ModelCall call, Exchange exchange) {
            ((Told) exchange).events.add("started below " + call.path());
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            ((Told) exchange).events.add("launched below " + call.path());
        }
    }

    private static final class Told implements Exchange {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        final CompletableFuture<Abort> abort = new CompletableFuture<>();
        final CompletableFuture<ModelFailure> failed = new CompletableFuture<>();

        ModelFailure failure() {
            assertThat(failed).isCompleted();
            return failed.join();
        }

        @Override
        public void begun(Abort newAbort) {
            events.add("begun");
            abort.complete(newAbort);
        }

        @Override
        public void head(int status) {
            events.add("head " + status);
        }

        @Override
        public void ended() {
            events.add("ended");
        }

        @Override
        public void failed(ModelFailure failure) {
            failed.complete(failure);
        }
    }

    private static final class Sink implements ResponseSink {
        final StringBuilder text = new StringBuilder();
        ResponseHead head = new ResponseHead(500, List.of());
        boolean gone;
        boolean interruptedWhileWriting;

        @Override
        public void head(ResponseHead newHead) {
            if (gone) {
                throw new ClientGoneException("gone", null);
            }
            head = newHead;
        }

        @Override
        public void chunk(byte[] array, int offset, int length) {
            interruptedWhileWriting |= Thread.currentThread().isInterrupted();
            text.append(new String(array, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            // The head said how long it is.
        }

        @Override
        public void breakOff() {
            throw new AssertionError("the worker breaks off, not the plugin's side");
        }
    }
}
