package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Entrance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Takes requests in: checks them, has them held, admitted, queued or sent away, and lets them be
/// cancelled.
///
/// Holds no state of its own; what requests share is in [RequestBooks]. Each method works in the same
/// steps: look without the lock, change under the lock, then tell what came of it. Requests to the
/// platform's own paths go to the [PlatformDesk]. Thread-safe.
final class RequestDesk implements RequestGate {
    private final Map<String, ServedRoute> routes;
    private final Surroundings around;
    private final RequestBooks books;
    private final Effects effects;
    private final Checks checks;
    private final AdmissionDesk admissions;
    private final Carriage carriage;
    private final HoldDesk hold;
    private final SessionCloser closer;
    private final PlatformDesk platform;
    private final OpenPathDesk openPaths;
    private final PlatformDesk internal;

    RequestDesk(WorkerPlan plan, WorkerPorts ports, Supplier<Standing> standing) {
        this.around = Surroundings.of(plan, ports, standing);
        this.books = around.books();
        this.routes = books.routes();
        this.effects = around.effects();
        this.carriage = new Carriage(plan, around);
        this.hold = new HoldDesk(around, plan, this::cancel);
        this.checks = new Checks(plan.backendId(), routes, around);
        this.admissions = new AdmissionDesk(around);
        this.closer = new SessionCloser(around);
        var sessions = new SessionDesk(around, closer);
        this.platform = new PlatformDesk(around, Entrance.CLIENTS, sessions);
        this.openPaths = new OpenPathDesk(plan.openPaths(), plan.limits(), around);
        this.internal = new PlatformDesk(around, Entrance.INTERNAL, sessions);
    }

    /// The way in for the model server's side of the machine.
    RequestGate internal() {
        return internal;
    }

    @Override
    public Set<String> methods(String path) {
        if (routes.containsKey(path) || platform.serves(path)) {
            return Checks.METHODS;
        }
        return openPaths.serves(path) ? OpenPathDesk.METHODS : Set.of();
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        if (platform.serves(request.path())) {
            return platform.arrive(request, responder);
        }
        if (openPaths.serves(request.path()) && !routes.containsKey(request.path())) {
            return openPaths.arrive(request, responder);
        }
        String route = routes.containsKey(request.path()) ? request.path() : Checks.NO_ROUTE;
        LedgerEntry entry = around.door().enter(request, route);
        return switch (checks.examine(request, new Checks.Subject(entry, responder))) {
            case Checks.Forsaken _ -> around.door().forsaken(entry);
            case FinalReply reply -> around.door().answer(entry, responder, reply);
            case Checks.Early early -> hold.hold(new Held(entry, responder, held -> goOn(held, early, request)));
            case Checks.Passed passed -> {
                var visit = new Visit(passed, entry, request, responder, carriage);
                admissions.admit(visit);
                yield visit;
            }
        };
    }

    @Override
    public void proceed(Ticket ticket) {
        switch (ticket) {
            case Visit visit -> carriage.carry(visit);
            case Held held -> held.visit().ifPresent(carriage::carry);
            case OpenPathDesk.OpenVisit open -> open.carry();
            default -> platform.proceed(ticket);
        }
    }

    @Override
    public void cancel(Ticket ticket) {
        switch (ticket) {
            case Visit visit -> cancel(visit);
            case Held held -> hold.cancel(held);
            case OpenPathDesk.OpenVisit open -> open.cancel();
            default -> platform.cancel(ticket);
        }
    }

    /// All counters and gauges of one moment.
    LoadSnapshot load() {
        return books.snapshot(around.standing().get());
    }

    /// Closes every open session.
    ///
    /// @return their ids in the order opened
    List<String> closeSessions() {
        return closer.endAll();
    }

    /// Requests that run on one model server.
    int running(int server) {
        return books.running(server);
    }

    /// Other model servers take new requests from now on.
    ///
    /// @param usable a bit for each, that of server 0 the lowest; one or more
    void serveWith(long usable) {
        openPaths.serveWith(usable);
        double capacity = around.standing().get().capacityUnitsPerSecond().orElse(0);
        books.serveWith(usable, capacity).forEach(effects::turn);
    }

    /// Something about the worker's readiness changed.
    void readinessChanged() {
        hold.readinessChanged();
    }

    /// Admits nothing any more, and closes sessions once nothing runs in them.
    ///
    /// @param whenIdle runs once, when the last request has ended and the last session has closed, and
    ///     that was told
    void drain(Runnable whenIdle) {
        books.close();
        hold.dismiss();
        closer.drain();
        around.idle().whenEmpty(whenIdle);
    }

    /// Aborts what runs, sends away what waits, closes the sessions.
    void abandon() {
        RequestBooks.Abandoned abandoned = books.abandon();
        for (Visit visit : abandoned.running()) {
            visit.abandon();
            visit.abort();
        }
        for (Visit visit : abandoned.queued()) {
            effects.sentAway(visit, Refusals.draining());
        }
        hold.dismiss();
        openPaths.abandon();
        closer.abandon();
    }

    private void goOn(Held held, Checks.Early early, InboundRequest request) {
        switch (checks.goOn(early, new Checks.Subject(held.entry(), held.responder(), hold::goOn))) {
            case Checks.Forsaken _ -> {}
            case FinalReply reply -> around.door().answer(held.entry(), held.responder(), reply);
            case Checks.Passed passed -> {
                var visit = new Visit(passed, held.entry(), request, held.responder(), carriage);
                held.became(visit);
                admissions.admit(visit);
            }
        }
    }

    private void cancel(Visit visit) {
        visit.cancel();
        if (books.withdraw(visit, Outcome.CANCELLED)) {
            effects.vanished(visit);
        } else if (visit.take()) {
            carriage.gone(visit);
        } else {
            visit.abort();
        }
    }
}
