package dev.dray.domain.worker;

import dev.dray.domain.admission.Decision;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Has requests that passed their checks admitted, queued or sent away; expels those that waited too
/// long. Thread-safe.
final class AdmissionDesk {
    private final Timers timers;
    private final Supplier<Standing> standing;
    private final RequestBooks books;
    private final Effects effects;

    AdmissionDesk(Surroundings around) {
        this.timers = around.ports().timers();
        this.standing = around.standing();
        this.books = around.books();
        this.effects = around.effects();
    }

    /// Has a request admitted, queued or sent away, and tells what came of it.
    void admit(Visit visit) {
        Optional<Decision> decision = books.enter(visit, capacity());
        if (decision.isEmpty()) {
            turnAway(visit, Refusals.unknownSession());
            return;
        }
        switch (decision.get()) {
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
                entry.owed(),
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
}
