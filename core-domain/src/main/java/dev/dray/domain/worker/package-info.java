/// The worker as a whole: it implements the inbound ports, owns the one lock, and is the only package others may see.
///
/// May enter: the other domain packages and the ports. Must not: I/O, threads, a clock or chance of its own; all four
/// come
/// through [WorkerPorts]. The lock is never held during a call to a port (the clock excepted) or to a plugin.
/// Read [Worker] first, then [WorkerPlan].
@org.jspecify.annotations.NullMarked
package dev.dray.domain.worker;
