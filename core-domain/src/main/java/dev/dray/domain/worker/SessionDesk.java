package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.session.Session;
import dev.dray.domain.session.SessionIds;
import dev.dray.domain.worker.SessionBooks.Opening;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import dev.dray.port.outbound.PlatformRequest.UseSession;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.SessionOrder;
import dev.dray.port.outbound.SessionView;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.util.Optional;

/// Opens sessions, answers what is asked of them, and ends them. Runs on the thread of the request.
/// Thread-safe.
///
/// The outcome of such a request is only a metric: wrong secrets are UNVERIFIED, all other answers
/// SERVED, also that there is no such session. But an order that is refused after its signature
/// verified is REJECTED, and the platform is owed that; one that opens a session is represented by it.
final class SessionDesk {
    private final Surroundings around;
    private final WorkerPorts ports;
    private final SessionBooks books;
    private final SessionCloser closer;

    SessionDesk(Surroundings around, SessionCloser closer) {
        this.around = around;
        this.ports = around.ports();
        this.books = around.books().sessions();
        this.closer = closer;
    }

    /// Opens a session: signature, state, callback target, limit; the first objection decides.
    ///
    /// Before the first READY it is refused in hold mode too: the look-up of a callback's name may
    /// wait, and what was held goes on where nothing may.
    Ticket open(SessionOrder order, LedgerEntry entry, Responder responder) {
        Optional<FinalReply> objection = examine(order, entry);
        if (objection.isPresent()) {
            return around.door().answer(entry, responder, objection.get());
        }
        // Before it is open, for then it may close any time; the request itself keeps the house from being empty.
        around.idle().enter();
        LiveSession session = draw(order, entry);
        Opening opening = books.open(session, entry);
        while (opening instanceof Opening.IdTaken) {
            session = draw(order, entry);
            opening = books.open(session, entry);
        }
        if (opening instanceof Opening.Opened(SessionView view)) {
            return opened(session, view, entry, responder);
        }
        around.idle().leave();
        if (opening instanceof Opening.Full full) {
            FinalReply words = around.effects().words(Refusals.sessionsFull(full.untilNext()), Outcome.REJECTED);
            entry.blame(words.source());
            return around.door().tell(entry, responder, words.reply(), words.reason());
        }
        return around.door().refuse(entry, responder, Refusals.draining(), Outcome.REJECTED);
    }

    /// Answers a question about a session, or ends it.
    Ticket use(UseSession request, LedgerEntry entry, Responder responder) {
        Optional<LiveSession> session = books.find(request.id());
        if (request.use() == SessionUse.END
                && session.isPresent()
                && session.get().isSecret(request.secret())) {
            return end(session.get(), entry, responder);
        }
        return answer(look(request, session), entry, responder);
    }

    /// The client has gone. That changes nothing for a session that is closing.
    void cancel(Ticket ticket) {
        if (ticket instanceof Ending ending) {
            ending.clientGone = true;
        }
    }

    private Optional<FinalReply> examine(SessionOrder order, LedgerEntry entry) {
        try {
            return switch (ports.platform().verify(order.reference())) {
                case VERIFIED -> {
                    entry.verified(order.reference());
                    yield judge(order).map(refusal -> around.effects().words(refusal, Outcome.REJECTED));
                }
                case UNVERIFIED -> Optional.of(around.effects().words(Refusals.unverified(), Outcome.UNVERIFIED));
                case KEY_MISSING -> Optional.of(around.effects().words(Refusals.keyMissing(), Outcome.UNVERIFIED));
            };
        } catch (RuntimeException | Error fault) {
            Outcome outcome = entry.isVerified() ? Outcome.ERRORED : Outcome.INVALID;
            return Optional.of(around.effects().words(Refusals.workerFault(fault), outcome));
        }
    }

    private Optional<Refusal> judge(SessionOrder order) {
        Standing now = around.standing().get();
        if (now.draining()) {
            return Optional.of(Refusals.draining());
        }
        if (!now.everReady()) {
            return Optional.of(Refusals.notReady(now.readiness()));
        }
        return order.closeTarget()
                .flatMap(target -> ports.callbacks().objection(target))
                .map(Refusals::forbiddenCallback);
    }

    private LiveSession draw(SessionOrder order, LedgerEntry entry) {
        String id = SessionIds.draw(ports.secrets());
        var rules =
                new Session(id, order, ports.clock().instant(), ports.ticker().nanos());
        return new LiveSession(rules, entry.id(), closer);
    }

    private Ticket opened(LiveSession session, SessionView view, LedgerEntry entry, Responder responder) {
        around.effects().tell(new SessionOpened(entry.id(), view, session.openedNanos()));
        closer.watch(session);
        Reply reply = words(new SessionAnswer.Opened(view));
        Ticket ticket = around.door().tell(entry, responder, reply, "");
        session.announcement().made();
        return ticket;
    }

    private Ticket end(LiveSession session, LedgerEntry entry, Responder responder) {
        var ending = new Ending(entry.id());
        if (!closer.end(session, () -> ended(ending, session.id(), entry, responder))) {
            return answer(new SessionAnswer.AlreadyClosed(session.id()), entry, responder);
        }
        return ending;
    }

    private void ended(Ending ending, String id, LedgerEntry entry, Responder responder) {
        if (ending.clientGone) {
            around.door().vanished(entry);
        } else {
            answer(new SessionAnswer.Ended(id), entry, responder);
        }
    }

    private SessionAnswer look(UseSession request, Optional<LiveSession> session) {
        Optional<LiveSession> meant = session;
        if (meant.isEmpty() && request.use() == SessionUse.END) {
            meant = books.findClosing(request.id());
        }
        if (meant.isEmpty()) {
            return new SessionAnswer.Unknown(request.use(), request.id());
        }
        if (!meant.get().isSecret(request.secret())) {
            return new SessionAnswer.WrongSecret(request.id());
        }
        return switch (request.use()) {
            case DESCRIBE -> new SessionAnswer.Described(books.view(meant.get()));
            case PROBE -> new SessionAnswer.Alive(request.id());
            case END -> new SessionAnswer.AlreadyClosed(request.id());
        };
    }

    private Ticket answer(SessionAnswer answer, LedgerEntry entry, Responder responder) {
        boolean wrong = answer instanceof SessionAnswer.WrongSecret;
        String reason = wrong ? "the secret is not the session's" : "";
        Outcome outcome = wrong ? Outcome.UNVERIFIED : Outcome.SERVED;
        return around.door().answer(entry, responder, new FinalReply(words(answer), outcome, reason));
    }

    private Reply words(SessionAnswer answer) {
        try {
            return ports.platform().routes().answer(answer);
        } catch (RuntimeException | Error fault) {
            // A fault of the platform's adapter; the request must end all the same, and what was done is done.
            return ports.platform().refusal(Refusals.workerFault(fault));
        }
    }

    /// A request that ends a session and waits for its callback.
    private static final class Ending implements Ticket {
        private final RequestId id;
        private volatile boolean clientGone;

        Ending(RequestId id) {
            this.id = id;
        }

        @Override
        public RequestId id() {
            return id;
        }
    }
}
