package dev.dray.domain.workload;

/// The books of workload units. All tallies but the two gauges only grow.
///
/// INVARIANT: received = served + errored + cancelled + expelled + abandoned + waiting + running.
/// Guarded by the worker's lock.
///
/// @param received  admitted, to run or to wait
/// @param waiting   gauge: queued now
/// @param running   gauge: with a lane now, on the way to the model server or answered by it
/// @param served    admitted and answered below 500
/// @param errored   admitted and failed
/// @param cancelled admitted, and the client hung up
/// @param expelled  admitted, and waited longer than the route's `queue-time-out`
/// @param abandoned admitted, and sent away from the queue because the worker ends
/// @param shed      never admitted: the wait was too long, the queue or the worker full
public record Workload(
        Tally received,
        Tally waiting,
        Tally running,
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
                new Tally());
    }
}
