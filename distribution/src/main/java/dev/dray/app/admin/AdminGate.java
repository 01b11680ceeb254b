package dev.dray.app.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.admin.history.Point;
import dev.dray.app.admin.history.WorkerHistory;
import dev.dray.app.admin.live.Listener;
import dev.dray.app.admin.live.LiveEvents;
import dev.dray.app.admin.log.LineJson;
import dev.dray.app.admin.log.ModelLines;
import dev.dray.app.admin.page.PageFiles;
import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.RequestGate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// What an operator, a probe and a browser may ask: one answer for each path, the stream of events, and the files
/// of the dashboard.
public final class AdminGate implements RequestGate {
    private static final Set<String> GET = Set.of("GET");
    private static final Set<String> PUT = Set.of("PUT");

    private final Access access;
    private final Sources sources;
    private final Optional<LoggersPage> loggers;
    private final PageFiles page = PageFiles.dashboard();
    private final AtomicLong arrivals = new AtomicLong();

    /// @param levels of dray's own log; empty: `/loggers` is not there
    public AdminGate(Access access, Sources sources, Optional<LogLevels> levels) {
        this.access = access;
        this.sources = sources;
        this.loggers = levels.map(LoggersPage::new);
    }

    /// What the answers are made of.
    ///
    /// @param metrics the page of metrics in Prometheus' text format
    public record Sources(
            ReadWorker worker,
            Supplier<String> metrics,
            StatusPage status,
            WorkerHistory history,
            ModelLines lines,
            LiveEvents events) {}

    private record Visit(RequestId id) implements Ticket {}

    private record Listening(RequestId id, Listener listener, Responder responder) implements Ticket {}

    @Override
    public Set<String> methods(String path) {
        return switch (path) {
            case "/livez", "/readyz", "/metrics", "/status", "/history", "/model-log", "/events" -> GET;
            case LoggersPage.PATH -> loggers.isPresent() ? GET : Set.of();
            default -> {
                Set<String> forFiles = page.paths().contains(path) ? GET : Set.of();
                yield loggers.isPresent() && LoggersPage.isLogger(path) ? PUT : forFiles;
            }
        };
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        var id = new RequestId(arrivals.incrementAndGet());
        Optional<Reply> refusal = access.refusal(request);
        if (refusal.isEmpty() && request.path().equals("/events")) {
            Optional<Listener> listener = sources.events().join();
            if (listener.isPresent()) {
                responder.proceed();
                return new Listening(id, listener.get(), responder);
            }
            refusal = Optional.of(tooManyListeners());
        }
        responder.reply(refusal.orElseGet(() -> answer(request)));
        return new Visit(id);
    }

    private Reply answer(InboundRequest request) {
        return switch (request.path()) {
            case "/livez" -> Reply.text(200, "ok\n");
            case "/readyz" -> ready(sources.worker().readiness());
            case "/metrics" ->
                new Reply(
                        200,
                        List.of(new HeaderField("Content-Type", "text/plain; version=0.0.4; charset=utf-8")),
                        Bytes.utf8(sources.metrics().get()));
            case "/status" -> AdminReply.of(sources.status().whole());
            case "/history" -> AdminReply.of(history());
            case "/model-log" -> AdminReply.of(LineJson.of(sources.lines().all()));
            case LoggersPage.PATH -> loggers.orElseThrow().show();
            default -> page.find(request).orElseGet(() -> loggers.orElseThrow().change(request));
        };
    }

    private static Reply ready(Readiness readiness) {
        if (readiness.state() == ReadinessState.READY) {
            return Reply.text(200, "ready\n");
        }
        String state = readiness.state().name().toLowerCase(Locale.ROOT);
        return Reply.text(503, readiness.reason().isEmpty() ? state + "\n" : state + ": " + readiness.reason() + "\n");
    }

    private ObjectNode history() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("seconds-per-point", Point.LENGTH.toSeconds());
        ArrayNode points = root.putArray("points");
        sources.history().points().forEach(point -> points.add(point.json()));
        return root;
    }

    private static Reply tooManyListeners() {
        return AdminReply.refusal(
                        503,
                        "too-many-listeners",
                        "as many listen to the events as may, or the worker ends; close a dashboard, or try again")
                .with("Retry-After", "5");
    }

    @Override
    public void proceed(Ticket ticket) {
        if (ticket instanceof Listening listening) {
            listening.listener().run(listening.responder());
        }
    }

    @Override
    public void cancel(Ticket ticket) {
        if (ticket instanceof Listening listening) {
            listening.listener().gone();
        }
    }
}
