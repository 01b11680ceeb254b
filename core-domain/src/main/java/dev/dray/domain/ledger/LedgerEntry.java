package dev.dray.domain.ledger;

import dev.dray.model.ErrorSource;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.util.Optional;

/// What is known of one request so far. Its stage and outcome are guarded by the worker's lock once it
/// is in the [Ledger]; the rest is written by the thread that carries the request at that time.
public final class LedgerEntry {
    /// Where the request is; it only moves on, in this order.
    public enum Stage {
        ARRIVED,
        WAITING,
        RUNNING,
        ENDED
    }

    private final RequestId id;
    private final Correlation names;
    private final String route;
    private final long arrivedNanos;
    private Optional<PlatformReference> reference = Optional.empty();
    private boolean inside;
    private boolean represented;
    private double units;
    private Stage stage = Stage.ARRIVED;
    private Outcome outcome = Outcome.INVALID;
    private Optional<ErrorSource> culprit = Optional.empty();
    private long queuedNanos;
    private long startedNanos;
    private long headNanos;
    private long endedNanos;

    /// @param names what others know it by
    /// @param route path, or `other` for none of the backend's
    public LedgerEntry(RequestId id, Correlation names, String route, long arrivedNanos) {
        this.id = id;
        this.names = names;
        this.route = route;
        this.arrivedNanos = arrivedNanos;
    }

    public RequestId id() {
        return id;
    }

    public String route() {
        return route;
    }

    public double units() {
        return units;
    }

    public Stage stage() {
        return stage;
    }

    /// The signature stands: from now on the request has an outcome the platform hears of, unless it
    /// is inside a session or became one.
    public void verified(PlatformReference verifiedReference) {
        reference = Optional.of(verifiedReference);
    }

    public boolean isVerified() {
        return reference.isPresent();
    }

    /// It belongs to a session, whose end is the outcome of all its requests.
    public void inside() {
        inside = true;
    }

    public boolean isInside() {
        return inside;
    }

    /// It opened a session, which stands for it from now on.
    public void becameSession() {
        represented = true;
    }

    /// The platform's own name for it; empty where the platform is not owed its outcome.
    public Optional<PlatformReference> owed() {
        return inside || represented ? Optional.empty() : reference;
    }

    public void priced(double workloadUnits) {
        units = workloadUnits;
    }

    public void started(long now) {
        startedNanos = now;
    }

    public void headArrived(long now) {
        headNanos = now;
    }

    /// Who is to blame, should it end neither served nor cancelled.
    public void blame(ErrorSource source) {
        culprit = Optional.of(source);
    }

    /// Ends a request at the door: it is never admitted. Whether it is booked is the [Ledger]'s
    /// business.
    public void turnedAway(Outcome endOutcome, long now) {
        queuedNanos = now;
        end(endOutcome, now);
    }

    /// Goes to the model server without being booked anywhere: it waits for nothing and is no load.
    public void passedOn(long now) {
        queuedNanos = now;
        startedNanos = now;
    }

    /// Ends such a request.
    public void passedBack(Outcome endOutcome, long now) {
        end(endOutcome, now);
    }

    /// The record of an ended request.
    ///
    /// @param status HTTP status told to the client; 0 where it had gone before
    /// @param reason why it was refused or failed; empty where it was served
    public RequestRecord toRecord(int status, String reason) {
        if (stage != Stage.ENDED) {
            throw new IllegalStateException("request %s has no outcome yet, it is %s".formatted(id, stage));
        }
        return new RequestRecord(
                id,
                owed(),
                names,
                route,
                outcome,
                units,
                status,
                reason,
                culprit.filter(_ -> outcome != Outcome.SERVED && outcome != Outcome.CANCELLED),
                arrivedNanos,
                queuedNanos,
                startedNanos,
                headNanos,
                endedNanos);
    }

    void admitted(Stage next, long now) {
        queuedNanos = now;
        moveTo(next);
    }

    void moveTo(Stage next) {
        if (next.compareTo(stage) <= 0) {
            throw new IllegalStateException("request %s is %s and cannot become %s".formatted(id, stage, next));
        }
        stage = next;
    }

    void end(Outcome endOutcome, long now) {
        moveTo(Stage.ENDED);
        outcome = endOutcome;
        endedNanos = now;
    }
}
