package dev.dray.domain.ledger;

import dev.dray.domain.ledger.LedgerEntry.Stage;
import dev.dray.domain.workload.Tally;
import dev.dray.domain.workload.Workload;
import dev.dray.model.Outcome;

/// Books every verified request once when it comes and once when it ends. Guarded by the worker's lock.
///
/// INVARIANT: admitted = served + errored + cancelled + expelled + abandoned + in flight, in requests and in units;
/// [Workload] keeps both sides. A request that never verified is not booked at all.
public final class Ledger {
    private final Workload workload = new Workload();
    private long requestsReceived;

    /// Books a verified request that ends at the door, for a reason that is no lack of capacity.
    public void refuse(LedgerEntry entry, Outcome outcome, long now) {
        entry.turnedAway(outcome, now);
        requestsReceived++;
    }

    /// Books a verified request that is sent away for lack of capacity: it counts as rejected load.
    public void shed(LedgerEntry entry, long now) {
        refuse(entry, Outcome.REJECTED, now);
        workload.shed().add(entry.units());
    }

    /// Books a request that may run at once.
    public void admitRunning(LedgerEntry entry, long now) {
        admit(entry, Stage.RUNNING, workload.running(), now);
    }

    /// Books a request that waits in a queue.
    public void admitWaiting(LedgerEntry entry, long now) {
        admit(entry, Stage.WAITING, workload.waiting(), now);
    }

    /// Books that a waiting request has a lane now.
    public void start(LedgerEntry entry) {
        entry.moveTo(Stage.RUNNING);
        workload.waiting().remove(entry.units());
        workload.running().add(entry.units());
    }

    /// Books the end of an admitted request.
    ///
    /// @throws IllegalStateException if it was not admitted or has an outcome already
    public void end(LedgerEntry entry, Outcome outcome, long now) {
        Tally place = switch (entry.stage()) {
            case WAITING -> workload.waiting();
            case RUNNING -> workload.running();
            case ARRIVED, ENDED ->
                throw new IllegalStateException(
                        "request %s is %s and cannot end as %s".formatted(entry.id(), entry.stage(), outcome));
        };
        entry.end(outcome, now);
        place.remove(entry.units());
        ended(outcome).add(entry.units());
    }

    /// Verified requests, admitted or not.
    public long requestsReceived() {
        return requestsReceived;
    }

    public Workload workload() {
        return workload;
    }

    private void admit(LedgerEntry entry, Stage stage, Tally place, long now) {
        entry.admitted(stage, now);
        requestsReceived++;
        workload.received().add(entry.units());
        place.add(entry.units());
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
