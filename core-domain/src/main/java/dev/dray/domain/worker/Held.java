package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A verified request that came before the first READY. Its ticket stays good when it goes on.
///
/// Where it waits is guarded by the lock of [RequestBooks]; the rest is atomic.
final class Held implements Ticket {
    private final LedgerEntry entry;
    private final Responder responder;
    private final Consumer<Held> rest;
    private final Alarm timeOut = new Alarm();
    private volatile boolean cancelled;
    private volatile boolean decided;
    private volatile @Nullable Visit visit;

    /// @param rest the remaining checks, and what follows from them
    Held(LedgerEntry entry, Responder responder, Consumer<Held> rest) {
        this.entry = entry;
        this.responder = responder;
        this.rest = rest;
    }

    @Override
    public RequestId id() {
        return entry.id();
    }

    LedgerEntry entry() {
        return entry;
    }

    Responder responder() {
        return responder;
    }

    Alarm timeOut() {
        return timeOut;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// It passed the checks. Known before its admission, for its turn may come before that has
    /// returned.
    void became(Visit next) {
        visit = next;
    }

    Optional<Visit> visit() {
        return Optional.ofNullable(visit);
    }

    // A request can be cancelled only once it was decided about. Both methods write their flag before they read the
    // other's, so at least one of them cancels what it became.

    /// Goes on with the checks and, where it passes, into admission.
    ///
    /// @return what is to be cancelled after all
    Optional<Visit> goOn() {
        rest.accept(this);
        decided = true;
        return cancelled ? visit() : Optional.empty();
    }

    /// Its client has gone.
    ///
    /// @return what is to be cancelled now
    Optional<Visit> cancel() {
        cancelled = true;
        return decided ? visit() : Optional.empty();
    }
}
