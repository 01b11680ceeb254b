package dev.dray.domain.worker;

import dev.dray.domain.admission.Claim;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.Timers.Timer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One verified and priced request on its way through the worker.
///
/// Its stage, in [#entry()], is guarded by the lock of [RequestBooks]. What is needed without the lock
/// is atomic here: who takes a request that has a lane, its carrier or its cancellation, and whether
/// it shall be aborted.
final class Visit implements Ticket, Exchange {
    private final LedgerEntry entry;
    private final ServedRoute route;
    private final InboundRequest request;
    private final Envelope envelope;
    private final Optional<LiveSession> session;
    private final Responder responder;
    private final Carriage carriage;
    private final Claim<Visit> claim;
    private final Announcement announcement = new Announcement();
    private final AtomicBoolean taken = new AtomicBoolean();

    private volatile boolean cancelled;
    private volatile boolean abandoned;
    private volatile boolean severed;
    private volatile @Nullable Abort abort;
    private @Nullable Timer expulsion;
    private int headStatus;

    Visit(Checks.Passed passed, LedgerEntry entry, InboundRequest request, Responder responder, Carriage carriage) {
        this.entry = entry;
        this.route = passed.route();
        this.request = request;
        this.envelope = passed.envelope();
        this.session = passed.session();
        this.responder = responder;
        this.carriage = carriage;
        this.claim = session.isPresent()
                ? Claim.inside(
                        this,
                        route.lanes(),
                        route.maxWaitSeconds(),
                        session.get().home())
                : new Claim<>(this, entry.units(), route.lanes(), route.maxWaitSeconds());
    }

    @Override
    public RequestId id() {
        return entry.id();
    }

    LedgerEntry entry() {
        return entry;
    }

    ServedRoute route() {
        return route;
    }

    InboundRequest request() {
        return request;
    }

    Envelope envelope() {
        return envelope;
    }

    /// The session it is inside.
    Optional<LiveSession> session() {
        return session;
    }

    Responder responder() {
        return responder;
    }

    Claim<Visit> claim() {
        return claim;
    }

    Announcement announcement() {
        return announcement;
    }

    /// Status of the answer that is being relayed; 0 before its head.
    int headStatus() {
        return headStatus;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Its session has closed: cancelled, though the client is there.
    boolean isSevered() {
        return severed;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /// Takes a request that has a lane: true for exactly one caller, who then sees to its end.
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    // The flags are written before the abort is read, the abort before the flags: one side always sees the other.
    void cancel() {
        cancelled = true;
    }

    void sever() {
        severed = true;
        cancelled = true;
    }

    void abandon() {
        abandoned = true;
    }

    void abort() {
        Abort known = abort;
        if (known != null) {
            known.abort();
        }
    }

    // Written before the announcement is made, read by effects that run after it.
    void expelBy(Timer timer) {
        expulsion = timer;
    }

    void stayExpulsion() {
        if (expulsion != null) {
            expulsion.cancel();
        }
    }

    @Override
    public void begun(Abort newAbort) {
        abort = newAbort;
        if (cancelled || abandoned) {
            newAbort.abort();
        }
    }

    @Override
    public void head(int status) {
        headStatus = status;
        carriage.head(this);
    }

    @Override
    public void ended() {
        carriage.ended(this);
    }

    @Override
    public void failed(ModelFailure failure) {
        carriage.failed(this, failure);
    }
}
