package dev.dray.domain.ledger;

import dev.dray.domain.ledger.LedgerEntry.Stage;
import dev.dray.domain.workload.Tally;
import dev.dray.domain.workload.Workload;
import dev.dray.model.Outcome;

/// Books every verified request once when it comes and once when it ends. Guarded by the worker's lock.
///
/// INVARIANT: admitted = served + errored + cancelled + expelled + abandoned + in flight + reserved,
/// in requests and in units; [Workload] keeps both sides. A request that never verified is not booked
/// at all. Sessions are booked like requests that run from their opening to their end; the requests
/// inside one count by their units alone.
public final class Ledger {
    private final Workload workload = new Workload();
    private long requestsReceived;

    /// Books a verified request that ends at the door, for a reason that is no lack of capacity.
    public void refuse(LedgerEntry entry, Outcome outcome, long now) {
        entry.turnedAway(outcome, now);
        count(entry);
    }

    /// Books a verified request that is sent away for lack of capacity: it counts as rejected load.
    public void shed(LedgerEntry entry, long now) {
        refuse(entry, Outcome.REJECTED, now);
        workload.shed().add(entry.units());
    }

    /// Books a request that may run at once.
    public void admitRunning(LedgerEntry entry, long now) {
        admit(entry, Stage.RUNNING, running(entry), now);
    }

    /// Books a request that waits in a queue.
    public void admitWaiting(LedgerEntry entry, long now) {
        admit(entry, Stage.WAITING, waiting(entry), now);
    }

    /// Books that a waiting request has a lane now.
    public void start(LedgerEntry entry) {
        entry.moveTo(Stage.RUNNING);
        waiting(entry).remove(entry.units());
        running(entry).add(entry.units());
    }

    /// Books the end of an admitted request.
    ///
    /// @throws IllegalStateException if it was not admitted or has an outcome already
    public void end(LedgerEntry entry, Outcome outcome, long now) {
        Tally place = switch (entry.stage()) {
            case WAITING -> waiting(entry);
            case RUNNING -> running(entry);
            case ARRIVED, ENDED ->
                throw new IllegalStateException(
                        "request %s is %s and cannot end as %s".formatted(entry.id(), entry.stage(), outcome));
        };
        entry.end(outcome, now);
        place.remove(entry.units());
        ended(outcome).add(entry.units());
    }

    /// Books a request that opened a session: the units are reserved.
    public void openSession(LedgerEntry entry, double units, long now) {
        entry.becameSession();
        entry.turnedAway(Outcome.SERVED, now);
        count(entry);
        workload.received().add(units);
        workload.reserved().add(units);
    }

    /// Books that a session closed: what it reserved counts as served.
    public void closeSession(double units) {
        workload.reserved().remove(units);
        workload.served().add(units);
    }

    /// Verified requests, admitted or not; those inside sessions excepted.
    public long requestsReceived() {
        return requestsReceived;
    }

    public Workload workload() {
        return workload;
    }

    private void admit(LedgerEntry entry, Stage stage, Tally place, long now) {
        entry.admitted(stage, now);
        count(entry);
        workload.received().add(entry.units());
        place.add(entry.units());
    }

    private void count(LedgerEntry entry) {
        if (!entry.isInside()) {
            requestsReceived++;
        }
    }

    private Tally waiting(LedgerEntry entry) {
        return entry.isInside() ? workload.insideWaiting() : workload.waiting();
    }

    private Tally running(LedgerEntry entry) {
        return entry.isInside() ? workload.insideRunning() : workload.running();
    }

    private Tally ended(Outcome outcome) {
        return switch (outcome) {
            case SERVED -> workload.served();
            case ERRORED -> workload.errored();
            case CANCELLED -> workload.cancelled();
            case EXPELLED -> workload.expelled();
            // The only way to be rejected after admission: the worker gives up on its queue.
            case REJECTED -> workload.abandoned();
            case UNVERIFIED, INVALID -> throw new IllegalStateException("an admitted request cannot end as " + outcome);
        };
    }
}
