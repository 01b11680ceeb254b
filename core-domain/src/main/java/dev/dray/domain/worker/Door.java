package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/// Where requests of all listeners come in, get their number, and are answered if they are not admitted.
///
/// Keeps nothing but the numbering. Thread-safe.
final class Door {
    private final RequestBooks books;
    private final Effects effects;
    private final Ticker ticker;
    private final IdleWatch idle;
    private final AtomicLong numbers = new AtomicLong();

    Door(RequestBooks books, Effects effects, Ticker ticker, IdleWatch idle) {
        this.books = books;
        this.effects = effects;
        this.ticker = ticker;
        this.idle = idle;
    }

    /// One more request; it must come to an end by one of the methods of [Effects] or of this door.
    ///
    /// @param route path, or `other` for one that nothing lives at
    LedgerEntry enter(InboundRequest request, String route) {
        idle.enter();
        return new LedgerEntry(
                new RequestId(numbers.incrementAndGet()),
                Correlation.of(request.headers()),
                route,
                request.arrivedNanos());
    }

    /// Ends a request at the door. It is booked where its signature verified.
    Ticket answer(LedgerEntry entry, Responder responder, FinalReply answer) {
        book(entry, answer.outcome());
        entry.blame(answer.source());
        return tell(entry, responder, answer.reply(), answer.reason());
    }

    /// Ends a request whose own thread is in the plugin and may never come back.
    void forsake(LedgerEntry entry, Responder responder, FinalReply answer) {
        book(entry, answer.outcome());
        entry.blame(answer.source());
        responder.forsake(answer.reply());
        effects.ended(entry, answer.reply().status(), answer.reason());
    }

    /// What the thread of a forsaken request gets for it.
    Ticket forsaken(LedgerEntry entry) {
        return new Answered(entry.id());
    }

    private void book(LedgerEntry entry, Outcome outcome) {
        if (outcome.known() && entry.isVerified()) {
            books.refuse(entry, outcome);
        } else {
            entry.turnedAway(outcome, ticker.nanos());
        }
    }

    /// The same, in the platform's words.
    Ticket refuse(LedgerEntry entry, Responder responder, Refusal refusal, Outcome outcome) {
        return answer(entry, responder, effects.words(refusal, outcome));
    }

    /// Tells a request that is booked already what it is told.
    Ticket tell(LedgerEntry entry, Responder responder, Reply reply, String reason) {
        responder.reply(reply);
        effects.ended(entry, reply.status(), reason);
        return new Answered(entry.id());
    }

    /// Ends a request whose client did not wait for the answer.
    void vanished(LedgerEntry entry) {
        entry.turnedAway(Outcome.CANCELLED, ticker.nanos());
        effects.ended(entry, 0, Effects.CLIENT_GONE);
    }

    /// A request that has its answer: there is nothing to carry on and nothing to cancel.
    private record Answered(RequestId id) implements Ticket {}
}
