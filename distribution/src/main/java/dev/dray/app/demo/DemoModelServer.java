package dev.dray.app.demo;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestId;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Ticker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A small model server with the face of vLLM: it generates words at a settable rate, streams them as server-sent
/// events, writes a log, and stops generating the moment its client hangs up. It prices and queues like the real
/// thing, only the sense is missing.
public final class DemoModelServer implements RequestGate {
    private static final Set<String> POST = Set.of("POST");
    private static final Set<String> GET = Set.of("GET");
    private static final List<HeaderField> EVENT_STREAM =
            List.of(new HeaderField("Content-Type", "text/event-stream; charset=utf-8"));

    private enum Phase {
        LOADING,
        SERVING
    }

    private final ModelServerScript script;
    private final ModelLogFile log;
    private final Consumer<String> crash;
    private final Ticker ticker;
    private final Slots slots;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.LOADING);

    /// @param crash ends the process when the script says so; given the reason
    DemoModelServer(ModelServerScript script, ModelLogFile log, Ticker ticker, Consumer<String> crash) {
        this.script = script;
        this.ticker = ticker;
        this.log = log;
        this.crash = crash;
        this.slots = new Slots(script.slots());
    }

    /// Writes the load marker; from now on requests are served.
    void loaded() {
        phase.set(Phase.SERVING);
        log.info("Application startup complete.");
    }

    @Override
    public Set<String> methods(String path) {
        return switch (path) {
            case "/v1/completions", "/v1/chat/completions" -> POST;
            case "/health", "/v1/models" -> GET;
            default -> Set.of();
        };
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        var generation = new Generation(new RequestId(requests.incrementAndGet()), request, responder);
        switch (request.path()) {
            case "/health" -> responder.reply(Reply.empty(phase.get() == Phase.SERVING ? 200 : 503));
            case "/v1/models" ->
                responder.reply(Reply.json(
                        200, "{\"object\": \"list\", \"data\": [{\"id\": \"demo\", \"object\": \"model\"}]}"));
            default -> accept(generation);
        }
        return generation;
    }

    private void accept(Generation generation) {
        if (phase.get() == Phase.LOADING) {
            generation.responder().reply(error(503, "the model is still loading", "service_unavailable"));
            return;
        }
        slots.enter(generation);
        generation.responder().proceed();
    }

    @Override
    public void proceed(Ticket ticket) {
        var generation = (Generation) ticket;
        try {
            if (!generation.awaitSlot()) {
                log.info("Aborted request %s before it ran".formatted(generation.id()));
                return;
            }
            generate(generation);
        } finally {
            slots.leave(generation);
        }
    }

    @Override
    public void cancel(Ticket ticket) {
        var generation = (Generation) ticket;
        slots.leave(generation);
        generation.cancel();
    }

    private void generate(Generation generation) {
        Responder responder = generation.responder();
        RequestPayload payload;
        try {
            payload = new RequestPayload(JsonValue.parse(generation.request().body()));
        } catch (InvalidJsonException fault) {
            responder.reply(error(400, "the body is not JSON: " + fault.getMessage(), "invalid_request_error"));
            return;
        }
        CompletionFormat format =
                CompletionFormat.of(generation.id(), generation.request().path(), payload);
        log.info("Received request %s: max_tokens=%d stream=%s running=%d"
                .formatted(generation.id(), format.maxTokens(), format.stream(), slots.running()));
        if (crashes(generation)) {
            return;
        }
        if (script.errorEvery() > 0 && generation.id().number() % script.errorEvery() == 0) {
            log.error("Request %s failed: scripted error".formatted(generation.id()));
            responder.reply(error(500, "scripted error", "internal_error"));
            return;
        }
        int tokens = format.stream() ? stream(generation, format) : whole(generation, format);
        if (tokens == format.maxTokens()) {
            log.info("Finished request %s: tokens=%d".formatted(generation.id(), tokens));
        } else {
            log.info("Aborted request %s: client disconnected, tokens=%d of %d"
                    .formatted(generation.id(), tokens, format.maxTokens()));
        }
    }

    private boolean crashes(Generation generation) {
        if (script.crashAfter() == 0 || generation.id().number() < script.crashAfter()) {
            return false;
        }
        log.error("Traceback (most recent call last):");
        log.error("RuntimeError: scripted crash at request %s".formatted(generation.id()));
        crash.accept("scripted crash at request " + generation.id());
        return true;
    }

    /// Returns the tokens generated: fewer than asked for if the client hung up.
    private int stream(Generation generation, CompletionFormat format) {
        Responder responder = generation.responder();
        int done = 0;
        try {
            responder.head(new ResponseHead(200, EVENT_STREAM));
            long firstAt = ticker.nanos() + script.firstToken().toNanos();
            while (done < format.maxTokens()) {
                if (!computeUntil(generation, firstAt + done * script.tokenNanos())) {
                    return done;
                }
                write(responder, format.event(Vocabulary.token(done), done == format.maxTokens() - 1));
                done++;
            }
            write(responder, format.lastEvents());
            responder.end();
        } catch (ClientGoneException gone) {
            return Math.min(done, format.maxTokens() - 1);
        }
        return done;
    }

    private int whole(Generation generation, CompletionFormat format) {
        long firstAt = ticker.nanos() + script.firstToken().toNanos();
        var text = new StringBuilder();
        for (int done = 0; done < format.maxTokens(); done++) {
            if (!computeUntil(generation, firstAt + done * script.tokenNanos())) {
                return done;
            }
            text.append(Vocabulary.token(done));
        }
        generation.responder().reply(Reply.json(200, format.whole(text.toString())));
        return format.maxTokens();
    }

    private boolean computeUntil(Generation generation, long deadlineNanos) {
        return generation.compute(deadlineNanos - ticker.nanos());
    }

    private static void write(Responder responder, String text) {
        Bytes bytes = Bytes.utf8(text);
        responder.chunk(bytes.array(), bytes.offset(), bytes.length());
    }

    private static Reply error(int status, String message, String type) {
        return Reply.json(
                status,
                "{\"error\": {\"message\": \"%s\", \"type\": \"%s\", \"code\": %d}}"
                        .formatted(message.replace("\\", "\\\\").replace("\"", "\\\""), type, status));
    }
}
