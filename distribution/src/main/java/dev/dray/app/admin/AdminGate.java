package dev.dray.app.admin;

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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Answers `/livez`, `/readyz`, `/metrics`, `/status` and the files of the dashboard.
public final class AdminGate implements RequestGate {
    private static final Set<String> GET = Set.of("GET");

    private final ReadWorker worker;
    private final Supplier<String> metrics;
    private final Supplier<String> status;
    private final PageFiles page = PageFiles.dashboard();
    private final AtomicLong arrivals = new AtomicLong();

    /// Answers from these sources.
    ///
    /// @param metrics the page of metrics in Prometheus' text format
    /// @param status  the status as a JSON object
    public AdminGate(ReadWorker worker, Supplier<String> metrics, Supplier<String> status) {
        this.worker = worker;
        this.metrics = metrics;
        this.status = status;
    }

    private record Visit(RequestId id) implements Ticket {}

    @Override
    public Set<String> methods(String path) {
        return switch (path) {
            case "/livez", "/readyz", "/metrics", "/status" -> GET;
            default -> page.paths().contains(path) ? GET : Set.of();
        };
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        responder.reply(
                switch (request.path()) {
                    case "/livez" -> Reply.text(200, "ok\n");
                    case "/readyz" -> ready(worker.readiness());
                    case "/metrics" ->
                        new Reply(
                                200,
                                List.of(new HeaderField("Content-Type", "text/plain; version=0.0.4; charset=utf-8")),
                                Bytes.utf8(metrics.get()));
                    case "/status" -> Reply.json(200, status.get());
                    default -> page.find(request).orElseThrow();
                });
        return new Visit(new RequestId(arrivals.incrementAndGet()));
    }

    private static Reply ready(Readiness readiness) {
        if (readiness.state() == ReadinessState.READY) {
            return Reply.text(200, "ready\n");
        }
        String state = readiness.state().name().toLowerCase(Locale.ROOT);
        return Reply.text(503, readiness.reason().isEmpty() ? state + "\n" : state + ": " + readiness.reason() + "\n");
    }

    @Override
    public void proceed(Ticket ticket) {
        throw new IllegalStateException("the admin listener answers at arrival; nothing proceeds");
    }

    @Override
    public void cancel(Ticket ticket) {
        // Every answer is complete at arrival: there is nothing left to cancel.
    }
}
