package dev.dray.adapter.httpserver;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A gate whose paths do what a test says, and that tells what happened.
final class ScriptedGate implements RequestGate {
    private static final long PATIENCE_SECONDS = 20;

    private final Map<String, Consumer<Call>> onArrival = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Call>> onProceed = new ConcurrentHashMap<>();
    private final BlockingQueue<Call> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> cancels = new LinkedBlockingQueue<>();

    record Call(InboundRequest request, Responder responder) implements Ticket {
        @Override
        public RequestId id() {
            throw new UnsupportedOperationException("no test asks for it");
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            responder.chunk(bytes, 0, bytes.length);
        }

        void head(String... namesAndValues) {
            responder.head(new ResponseHead(200, fields(namesAndValues)));
        }

        void echo() {
            Bytes body = request.body();
            head("Content-Length", Integer.toString(body.length()));
            responder.chunk(body.array(), body.offset(), body.length());
            responder.end();
        }
    }

    static List<HeaderField> fields(String... namesAndValues) {
        return IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> new HeaderField(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
                .toList();
    }

    /// POST on that path is decided at once by the script.
    ScriptedGate arriving(String path, Consumer<Call> script) {
        onArrival.put(path, script);
        return this;
    }

    /// POST on that path proceeds at once, and then the script writes.
    ScriptedGate proceeding(String path, Consumer<Call> script) {
        onProceed.put(path, script);
        return arriving(path, call -> call.responder().proceed());
    }

    @Override
    public Set<String> methods(String path) {
        if (path.startsWith("/get")) {
            return Set.of("GET");
        }
        return onArrival.containsKey(path) ? Set.of("POST") : Set.of();
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        var call = new Call(request, responder);
        arrivals.add(call);
        Consumer<Call> script = onArrival.get(request.path());
        if (script != null) {
            script.accept(call);
        }
        return call;
    }

    @Override
    public void proceed(Ticket ticket) {
        Call call = (Call) ticket;
        begun.add(call);
        Consumer<Call> script = onProceed.get(call.request().path());
        if (script != null) {
            script.accept(call);
        }
    }

    @Override
    public void cancel(Ticket ticket) {
        cancels.add((Call) ticket);
    }

    Call arrived() {
        return next(arrivals, "no request arrived");
    }

    Call begun() {
        return next(begun, "no request proceeded");
    }

    Call cancelled() {
        return next(cancels, "no request was cancelled");
    }

    int cancelsLeft() {
        return cancels.size();
    }

    int arrivalsLeft() {
        return arrivals.size();
    }

    private static Call next(BlockingQueue<Call> queue, String otherwise) {
        try {
            @Nullable Call call = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError(otherwise + " within " + PATIENCE_SECONDS + " s");
            }
            return call;
        } catch (InterruptedException e) {
            throw new AssertionError(otherwise, e);
        }
    }
}
