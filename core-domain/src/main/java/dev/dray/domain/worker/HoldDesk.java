package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.worker.HeldBooks.Parked;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Lets verified requests wait for the first READY, where the plan says so. When it comes they go
/// through the remaining checks in order of arrival, on a timer's thread: the readiness side has
/// better things to do. Thread-safe.
final class HoldDesk {
    private final Duration limit;
    private final int maxRequests;
    private final Timers timers;
    private final Supplier<Standing> standing;
    private final HeldBooks books;
    private final Effects effects;
    private final Consumer<Visit> cancellation;
    private final AtomicBoolean releasing = new AtomicBoolean();

    /// @param cancellation cancels what a held request became
    HoldDesk(Surroundings around, WorkerPlan plan, Consumer<Visit> cancellation) {
        this.limit = plan.hold().orElse(Duration.ZERO);
        this.maxRequests = plan.limits().concurrentRequests();
        this.timers = around.ports().timers();
        this.standing = around.standing();
        this.books = around.books().held();
        this.effects = around.effects();
        this.cancellation = cancellation;
    }

    /// Whether requests have to wait at present.
    boolean holds() {
        return !books.isOpen();
    }

    /// Lets a request wait; where that is over meanwhile, it goes on at once.
    Ticket hold(Held held) {
        switch (books.park(held)) {
            case Parked.WAITS -> held.timeOut().set(timers.after(limit, () -> timeOut(held)));
            case Parked.PASSES -> goOn(held);
            case Parked.FULL -> refuse(held, Refusals.tooManyHeld(maxRequests));
        }
        return held;
    }

    /// The client of a request has gone, wherever the request is now.
    void cancel(Held held) {
        held.cancel().ifPresent(cancellation);
        if (books.leave(held, Outcome.CANCELLED)) {
            held.timeOut().stop();
            effects.ended(held.entry(), 0, Effects.CLIENT_GONE);
        }
    }

    /// Something about the worker's readiness changed.
    void readinessChanged() {
        if (holds() && standing.get().everReady() && releasing.compareAndSet(false, true)) {
            timers.after(Duration.ZERO, this::release);
        }
    }

    /// Sends away everybody who waits: the worker ends.
    void dismiss() {
        for (Held held : books.dismiss()) {
            held.timeOut().stop();
            refuse(held, Refusals.draining());
        }
    }

    /// The thread that released requests is lost in the plugin: another one goes on with the rest.
    void goOn() {
        timers.after(Duration.ZERO, this::release);
    }

    private void release() {
        for (Optional<Held> next = books.next(); next.isPresent(); next = books.next()) {
            goOn(next.get());
        }
    }

    private void goOn(Held held) {
        held.timeOut().stop();
        held.goOn().ifPresent(cancellation);
    }

    private void timeOut(Held held) {
        if (books.leave(held, Outcome.REJECTED)) {
            refuse(held, Refusals.notReady(standing.get().readiness()));
        }
    }

    private void refuse(Held held, Refusal refusal) {
        FinalReply words = effects.words(refusal, Outcome.REJECTED);
        LedgerEntry entry = held.entry();
        Responder responder = held.responder();
        entry.blame(words.source());
        responder.reply(words.reply());
        effects.ended(entry, words.reply().status(), words.reason());
    }
}
