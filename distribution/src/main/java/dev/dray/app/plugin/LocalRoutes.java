package dev.dray.app.plugin;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.LocalRoute;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Answers the routes that a plugin serves inside the worker; all others go on to the model server.
///
/// To the core both are one model server, so that queue, price, signature and outcome are the same. The
/// answer is `{"result": <what the plugin returned>}`, as the platform's clients know it.
public final class LocalRoutes implements ModelServer {
    private static final byte[] BEFORE = Bytes.utf8("{\"result\": ").toByteArray();
    private static final byte[] AFTER = Bytes.utf8("}").toByteArray();
    private static final String JSON = "application/json; charset=utf-8";

    private final Map<String, LocalRoute> routes;
    private final PluginEntry plugin;
    private final ModelServer below;

    /// What a plugin serves inside the worker.
    ///
    /// @param routes by path; may be empty
    public record Served(PluginEntry plugin, Map<String, LocalRoute> routes) {
        public Served {
            routes = Map.copyOf(routes);
        }
    }

    /// @param below takes all other requests
    public LocalRoutes(Served served, ModelServer below) {
        this.routes = served.routes();
        this.plugin = served.plugin();
        this.below = below;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        LocalRoute route = routes.get(call.path());
        if (route == null) {
            below.start(call, exchange);
        } else {
            answer(route, call, exchange);
        }
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        LocalRoute route = routes.get(call.path());
        if (route == null) {
            below.launch(call, exchange);
        } else {
            Thread.ofVirtual().name("dray-local-route").start(() -> answer(route, call, exchange));
        }
    }

    private void answer(LocalRoute route, ModelCall call, Exchange exchange) {
        var running = new Running();
        exchange.begun(running);
        Containment.Result<Bytes> result = Containment.call(plugin.loader(), () -> checked(route, payload(call)));
        boolean aborted = running.finish();
        switch (result) {
            case Containment.Result.Returned<Bytes>(Bytes json) -> relay(json, call.sink(), exchange);
            case Containment.Result.Threw<Bytes>(Throwable fault, String _) ->
                exchange.failed(aborted ? aborted(call) : faulty(call, fault));
        }
    }

    // What a plugin makes of a payload for its own route is JSON, or its own mistake.
    private static Bytes payload(ModelCall call) {
        return switch (call.body()) {
            case ModelBody.Whole(String _, Bytes json) -> json;
            case ModelBody.Form _ -> throw new IllegalStateException("a route inside the worker takes no form");
        };
    }

    private static Bytes checked(LocalRoute route, Bytes body) throws Exception {
        Bytes json = route.call(new RequestPayload(JsonValue.parse(body)));
        try {
            JsonValue.parse(json);
        } catch (InvalidJsonException broken) {
            throw new IllegalStateException("the answer is not JSON " + broken.getMessage(), broken);
        }
        return json;
    }

    private static void relay(Bytes json, ResponseSink sink, Exchange exchange) {
        exchange.head(200);
        try {
            int length = BEFORE.length + json.length() + AFTER.length;
            sink.head(new ResponseHead(
                    200,
                    List.of(
                            new HeaderField("Content-Type", JSON),
                            new HeaderField("Content-Length", Integer.toString(length)))));
            byte[] all = new byte[length];
            System.arraycopy(BEFORE, 0, all, 0, BEFORE.length);
            System.arraycopy(json.array(), json.offset(), all, BEFORE.length, json.length());
            System.arraycopy(AFTER, 0, all, length - AFTER.length, AFTER.length);
            sink.chunk(all, 0, length);
            sink.end();
        } catch (ClientGoneException gone) {
            exchange.failed(new ModelFailure(Kind.CLIENT_GONE, "client hung up while its answer was being written"));
            return;
        }
        exchange.ended();
    }

    private ModelFailure aborted(ModelCall call) {
        return new ModelFailure(Kind.ABORTED, "route " + call.path() + " of plugin '" + plugin.id() + "' was aborted");
    }

    // Names the fault's class and place but not its message, which may quote a payload.
    private ModelFailure faulty(ModelCall call, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return new ModelFailure(
                Kind.PLUGIN_FAULT,
                "plugin '%s' failed in call for %s: %s%s; see the plugin's documentation, or report it to its author"
                        .formatted(plugin.id(), call.path(), fault.getClass().getName(), place));
    }

    /// A call that may be interrupted while it runs, and not after: the thread goes on to write the
    /// answer.
    private static final class Running implements Abort {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Thread thread = Thread.currentThread();
        private boolean aborted;

        @Override
        public void abort() {
            lock.lock();
            try {
                aborted = true;
                if (thread != null) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        /// @return whether it was aborted before it came to its end
        boolean finish() {
            lock.lock();
            try {
                thread = null;
                // Nobody else interrupts a request's thread: what is left of the abort must not hit the writing.
                boolean left = Thread.interrupted();
                return aborted || left;
            } finally {
                lock.unlock();
            }
        }
    }
}
