/// What requests cost: prices them by the plugin and counts their workload units, cumulative and current.
///
/// May enter: the ports' `.model` and `.spi`. Must not: other domain packages, time, threads.
/// Read [Workload] first, then [Pricing]. Threads: [Pricing] runs on request threads outside the worker's lock; the
/// counters are guarded by that lock.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.workload;
