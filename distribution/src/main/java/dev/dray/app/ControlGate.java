package dev.dray.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dray.app.plugin.ControlPort;
import dev.dray.app.plugin.ControlPort.Handled;
import dev.dray.model.HeaderField;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import dev.dray.spi.ControlHandler.Answer;
import dev.dray.spi.ControlHandler.Request;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Has a plugin answer what is asked at its control port: any path, any method, on the request's own
/// thread.
final class ControlGate implements RequestGate {
    private static final System.Logger LOG = System.getLogger(ControlGate.class.getName());

    // The plugin alone knows which it answers.
    private static final Set<String> ALL_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final ControlPort port;
    private final AtomicLong arrivals = new AtomicLong();

    ControlGate(ControlPort port) {
        this.port = port;
    }

    private record Visit(RequestId id, InboundRequest request, Responder responder) implements Ticket {}

    @Override
    public Set<String> methods(String path) {
        return ALL_METHODS;
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        responder.proceed();
        return new Visit(new RequestId(arrivals.incrementAndGet()), request, responder);
    }

    @Override
    public void proceed(Ticket ticket) {
        var visit = (Visit) ticket;
        InboundRequest request = visit.request();
        Handled handled = port.handle(new Request(request.method(), request.path(), request.body()));
        visit.responder()
                .reply(
                        switch (handled) {
                            case Handled.Answered(Answer answer) -> reply(answer);
                            case Handled.Failed(String reason) -> failed(request, reason);
                        });
    }

    @Override
    public void cancel(Ticket ticket) {
        // What a plugin was told to do it does, whether or not somebody waits for its answer.
    }

    private static Reply reply(Answer answer) {
        List<HeaderField> headers = answer.contentType().isEmpty()
                ? List.of()
                : List.of(new HeaderField("Content-Type", answer.contentType()));
        return new Reply(answer.status(), headers, answer.body());
    }

    private Reply failed(InboundRequest request, String reason) {
        LOG.log(
                Level.WARNING,
                "plugin failed at its control port plugin={0} method={1} path={2} cause={3}",
                port.pluginId(),
                request.method(),
                request.path(),
                reason);
        String message = "plugin '%s' failed at its control port: %s; see the worker's log, or report it to its author"
                .formatted(port.pluginId(), reason);
        return Reply.json(500, error(message)).with("X-Dray-Error-Source", "plugin");
    }

    private static String error(String message) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", "plugin-fault");
            json.writeStringField("message", message);
            json.writeStringField("source", "plugin");
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return text.toString();
    }
}
