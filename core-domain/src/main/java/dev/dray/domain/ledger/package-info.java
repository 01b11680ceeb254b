/// One outcome for each request, exactly once, and the record that is told of it.
///
/// May enter: `.domain.workload`, the ports' `.model` and the types of the outbound events. Must not: calls to a port,
/// decisions who runs, a clock (time comes as readings of the worker's ticker).
/// Read [Ledger] first, then [LedgerEntry]. Threads: the ledger is guarded by the worker's lock; an entry is written by
/// whoever carries its request.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.ledger;
