/// The worker as a whole: it implements the inbound ports and owns the locks. Others may see this package, and that of
/// the benchmark.
///
/// May enter: the other domain packages and the ports. Must not: I/O, threads, a clock or chance of
/// its own; all four come through [WorkerPorts]. A request: [RequestDesk] → [Checks] → [RequestBooks]
/// (the lock all requests share) → [Carriage]. Sessions: [SessionDesk] → [SessionBooks] (the same
/// lock) → [SessionCloser]. Readiness: [ReadinessDesk], which publishes a [Standing] that requests
/// read without a lock. No lock is held during a call to a port (the clock excepted) or to a plugin:
/// effects are done after it is free. Read [Worker] first, then [WorkerPlan].
@org.jspecify.annotations.NullMarked
package dev.dray.domain.worker;
