package dev.dray.domain.workload;

/// The books of workload units. All tallies but the five gauges only grow.
///
/// INVARIANT: received = served + errored + cancelled + expelled + abandoned + the five gauges.
/// Guarded by the worker's lock.
///
/// @param received  admitted, to run or to wait; sessions included
/// @param waiting   gauge: queued now, outside sessions
/// @param running   gauge: with a lane now, on the way to the model server or answered by it, outside
///     sessions
/// @param insideWaiting gauge: queued now, inside sessions
/// @param insideRunning gauge: with a lane now, inside sessions
/// @param reserved  gauge: sessions, until their callback came back
/// @param served    admitted and answered below 500; closed sessions included
/// @param errored   admitted and failed
/// @param cancelled admitted, and the client hung up
/// @param expelled  admitted, and waited longer than the route's `queue-time-out`
/// @param abandoned admitted, and sent away from the queue because the worker ends
/// @param shed      never admitted: the wait was too long, the queue or the worker full
public record Workload(
        Tally received,
        Tally waiting,
        Tally running,
        Tally insideWaiting,
        Tally insideRunning,
        Tally reserved,
        Tally served,
        Tally errored,
        Tally cancelled,
        Tally expelled,
        Tally abandoned,
        Tally shed) {
    /// Empty books.
    public Workload() {
        this(
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally(),
                new Tally());
    }
}
