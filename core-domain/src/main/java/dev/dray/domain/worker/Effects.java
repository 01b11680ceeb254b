package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;

/// What the outside sees of a change: answers, turns, events. Always called after the lock is free.
/// Thread-safe.
final class Effects {
    static final String CLIENT_GONE = "the client hung up";
    static final String SESSION_CLOSED = "its session closed";

    private final PlatformProtocol platform;
    private final WorkerEvents events;
    private final IdleWatch idle;

    Effects(PlatformProtocol platform, WorkerEvents events, IdleWatch idle) {
        this.platform = platform;
        this.events = events;
        this.idle = idle;
    }

    void tell(WorkerEvent event) {
        events.accept(event);
    }

    /// A refusal in the platform's words.
    FinalReply words(Refusal refusal, Outcome outcome) {
        return new FinalReply(platform.refusal(refusal), outcome, refusal.message(), refusal.source());
    }

    /// Tells the client, before anything of the model server's answer was relayed.
    ///
    /// @return the status it is told
    int refuse(Visit visit, Refusal refusal) {
        Reply reply = platform.refusal(refusal);
        visit.responder().reply(reply);
        visit.entry().blame(refusal.source());
        return reply.status();
    }

    /// A request that waited has a lane now.
    void turn(Visit visit) {
        visit.announcement().then(() -> {
            visit.stayExpulsion();
            visit.responder().proceed();
        });
    }

    /// A waiting request was sent away.
    void sentAway(Visit visit, Refusal refusal) {
        visit.announcement().then(() -> {
            visit.stayExpulsion();
            int status = refuse(visit, refusal);
            ended(visit, status, refusal.message());
        });
    }

    /// The client of a waiting request has gone.
    void vanished(Visit visit) {
        visit.announcement().then(() -> {
            visit.stayExpulsion();
            ended(visit, 0, CLIENT_GONE);
        });
    }

    /// The session of a waiting request has closed. Only the request's own thread may break the answer
    /// off, so it is called for.
    void severed(Visit visit) {
        visit.announcement().then(() -> {
            visit.stayExpulsion();
            visit.responder().proceed();
            ended(visit, 0, SESSION_CLOSED);
        });
    }

    /// The last effect on an admitted request, or one that nearly was: its one record.
    void ended(Visit visit, int status, String reason) {
        events.accept(new WorkerEvent.RequestEnded(visit.entry().toRecord(status, reason)));
        visit.session().ifPresent(LiveSession::visitEnded);
        idle.leave();
    }

    /// The last effect on any other request.
    void ended(LedgerEntry entry, int status, String reason) {
        events.accept(new WorkerEvent.RequestEnded(entry.toRecord(status, reason)));
        idle.leave();
    }
}
