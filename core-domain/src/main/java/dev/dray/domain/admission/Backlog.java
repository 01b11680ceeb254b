package dev.dray.domain.admission;

import java.util.TreeSet;

/// The work ahead of a newcomer, with credit for what is already done. Guarded by the worker's lock.
///
/// Decision 13: a queued request has all its units before it; of a started one there remain
/// `max(w − rate · elapsed · share, 0.1 w)`, with `share = 1 / started`.
///
/// Adding that up over all started requests at each arrival would cost time in proportion to their
/// number. But every started request is credited the same at any moment, as in processor sharing [1]:
/// let *progress* be the integral of `rate / started` over time; then a request that started at
/// progress `p` has been credited `progress − p`, which is `rate · elapsed · share` while the number
/// of started ones stays the same, and stays right when it changes. So one running sum falls by `n ·
/// Δprogress` for the `n` requests above their floor, and each request reaches its floor of `0.1 w` at
/// a progress known when it starts: `p + 0.9 w`. A tree ordered by that moves each over once. An
/// arrival or an end costs O(log started), a reading O(1).
///
/// [1] L. Kleinrock, Time-shared Systems: a theoretical treatment,
/// https://doi.org/10.1145/321386.321388
final class Backlog {
    /// Share of its units a started request always has left: it is not done before it ends.
    static final double FLOOR = 0.1;

    private static final double NANOS_PER_SECOND = 1e9;

    private final TreeSet<Claim<?>> aboveFloor = new TreeSet<>(Claim::byFloor);
    private double aboveFloorUnits;
    private double atFloorUnits;
    private double queuedUnits;
    private int started;
    private int queued;
    private int estimated;
    private double progress;
    private long readAt;
    private long numbers;

    /// Brings the credit up to date.
    ///
    /// @param now  reading of the ticker
    /// @param rate units per second; 0 while unknown, then there is no credit
    /// @return seconds since the last call during which something was started; 0 where nothing was
    double advance(long now, double rate) {
        double seconds = Math.max(now - readAt, 0) / NANOS_PER_SECOND;
        readAt = now;
        if (started == 0) {
            return 0;
        }
        double reached = progress + rate * seconds / started;
        while (!aboveFloor.isEmpty() && aboveFloor.getFirst().floorAt() <= reached) {
            Claim<?> claim = aboveFloor.removeFirst();
            aboveFloorUnits -= claim.remainingAt(progress);
            atFloorUnits += FLOOR * claim.units();
            claim.reachedFloor();
        }
        aboveFloorUnits -= aboveFloor.size() * (reached - progress);
        progress = reached;
        return seconds;
    }

    void enqueue(Claim<?> claim) {
        queued++;
        count(claim, 1);
        queuedUnits += claim.units();
    }

    void dequeue(Claim<?> claim) {
        queued--;
        count(claim, -1);
        queuedUnits = queued == 0 ? 0 : queuedUnits - claim.units();
    }

    void start(Claim<?> claim) {
        started++;
        count(claim, 1);
        claim.started(++numbers, progress);
        aboveFloor.add(claim);
        aboveFloorUnits += claim.units();
    }

    void end(Claim<?> claim) {
        started--;
        count(claim, -1);
        if (started == 0) {
            // Nothing is left to be credited: begin anew, free of rounding.
            aboveFloor.clear();
            aboveFloorUnits = 0;
            atFloorUnits = 0;
            progress = 0;
        } else if (claim.isAtFloor()) {
            atFloorUnits -= FLOOR * claim.units();
        } else {
            aboveFloor.remove(claim);
            aboveFloorUnits -= claim.remainingAt(progress);
        }
    }

    /// Units left to do, queued and started; as of the last [#advance(long, double)].
    double units() {
        return Math.max(aboveFloorUnits, 0) + Math.max(atFloorUnits, 0) + Math.max(queuedUnits, 0);
    }

    int started() {
        return started;
    }

    int queued() {
        return queued;
    }

    int requests() {
        return started + queued;
    }

    /// Requests that a newcomer's wait depends on: those inside sessions excepted.
    int estimated() {
        return estimated;
    }

    private void count(Claim<?> claim, int difference) {
        if (claim.isEstimated()) {
            estimated += difference;
        }
    }
}
