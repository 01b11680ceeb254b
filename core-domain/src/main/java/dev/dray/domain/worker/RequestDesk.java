package dev.dray.domain.worker;

import dev.dray.domain.admission.Decision;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Takes requests in: checks them, has them admitted, queued or sent away, and lets them be cancelled.
///
/// Holds no state of its own but the numbering; what requests share is in [RequestBooks]. Each method works in the same
/// steps: look without the lock, change under the lock, then tell what came of it. Thread-safe.
final class RequestDesk implements RequestGate {
    private final Map<String, ServedRoute> routes;
    private final Timers timers;
    private final Ticker ticker;
    private final Supplier<Standing> standing;
    private final IdleWatch idle = new IdleWatch();
    private final RequestBooks books;
    private final Effects effects;
    private final Checks checks;
    private final Carriage carriage;
    private final AtomicLong numbers = new AtomicLong();

    RequestDesk(WorkerPlan plan, WorkerPorts ports, Supplier<Standing> standing) {
        this.routes = ServedRoute.byPath(plan.routes());
        this.timers = ports.timers();
        this.ticker = ports.ticker();
        this.standing = standing;
        this.books = new RequestBooks(plan.limits(), ports.ticker());
        this.effects = new Effects(ports.platform(), ports.events(), idle);
        this.checks = new Checks(plan.backendId(), routes, ports.platform(), standing);
        this.carriage = new Carriage(plan, ports, standing, books, effects);
    }

    @Override
    public Set<String> methods(String path) {
        return routes.containsKey(path) ? Checks.METHODS : Set.of();
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        idle.enter();
        var id = new RequestId(numbers.incrementAndGet());
        String route = routes.containsKey(request.path()) ? request.path() : "other";
        var entry = new LedgerEntry(id, route, request.arrivedNanos());
        return switch (checks.examine(request, entry)) {
            case Checks.Refused refused -> {
                refuse(refused, entry, responder);
                yield new TurnedAway(id);
            }
            case Checks.Passed passed -> {
                var visit = new Visit(passed, entry, request, responder, carriage);
                admit(visit);
                yield visit;
            }
        };
    }

    @Override
    public void proceed(Ticket ticket) {
        if (ticket instanceof Visit visit) {
            carriage.carry(visit);
        }
    }

    @Override
    public void cancel(Ticket ticket) {
        if (!(ticket instanceof Visit visit)) {
            return;
        }
        visit.cancel();
        if (books.withdraw(visit, Outcome.CANCELLED)) {
            effects.vanished(visit);
        } else if (visit.take()) {
            carriage.gone(visit);
        } else {
            visit.abort();
        }
    }

    /// All counters and gauges of one moment.
    LoadSnapshot load() {
        return books.snapshot(standing.get());
    }

    /// Admits nothing any more.
    ///
    /// @param whenIdle runs once, when the last request has ended and its end was told
    void drain(Runnable whenIdle) {
        books.close();
        idle.whenEmpty(whenIdle);
    }

    /// Aborts what runs and sends away what waits.
    void abandon() {
        RequestBooks.Abandoned abandoned = books.abandon();
        for (Visit visit : abandoned.running()) {
            visit.abandon();
            visit.abort();
        }
        for (Visit visit : abandoned.queued()) {
            effects.sentAway(visit, Refusals.draining());
        }
    }

    private void refuse(Checks.Refused refused, LedgerEntry entry, Responder responder) {
        if (refused.outcome().known()) {
            books.refuse(entry, refused.outcome());
        } else {
            entry.turnedAway(refused.outcome(), ticker.nanos());
        }
        responder.reply(refused.reply());
        effects.ended(entry, refused.reply().status(), refused.reason());
    }

    private void admit(Visit visit) {
        switch (books.enter(visit, capacity())) {
            case Decision.Run _ -> {
                tellAdmitted(visit, false);
                visit.announcement().made();
                visit.responder().proceed();
            }
            case Decision.Wait _ -> {
                tellAdmitted(visit, true);
                visit.route().plan().queueTimeOut().ifPresent(limit -> expelAfter(limit, visit));
                visit.announcement().made();
            }
            case Decision.Closed _ -> turnAway(visit, Refusals.draining());
            case Decision.Shed shed ->
                turnAway(visit, Refusals.shed(shed, visit.route().plan()));
        }
    }

    private void tellAdmitted(Visit visit, boolean queued) {
        LedgerEntry entry = visit.entry();
        effects.tell(new WorkerEvent.RequestAdmitted(
                entry.id(),
                Optional.of(visit.envelope().reference()),
                entry.route(),
                entry.units(),
                queued,
                visit.request().arrivedNanos()));
    }

    private void turnAway(Visit visit, Refusal refusal) {
        int status = effects.refuse(visit, refusal);
        effects.ended(visit.entry(), status, refusal.message());
    }

    private void expelAfter(Duration limit, Visit visit) {
        visit.expelBy(timers.after(limit, () -> expel(visit)));
    }

    private void expel(Visit visit) {
        if (books.withdraw(visit, Outcome.EXPELLED)) {
            Duration retryAfter = books.retryAfter(capacity());
            effects.sentAway(visit, Refusals.expelled(visit.route().plan(), retryAfter));
        }
    }

    private double capacity() {
        return standing.get().capacityUnitsPerSecond().orElse(0);
    }

    /// A request that was refused: there is nothing to carry on and nothing to cancel.
    private record TurnedAway(RequestId id) implements Ticket {}
}
