/// Answers how long requests would wait, how many would be shed and how busy the machines would be, before there are
/// any.
///
/// The same core as in production decides about every request, under a virtual clock; only clients and model servers
/// are imagined: model servers that do a given number of units a second. May enter: the core, ports, the in-memory
/// adapter. Must not: sockets, the machine's clock. Read [Planner] first, then [PlannedWorker]. Threads: none.
@org.jspecify.annotations.NullMarked
package dev.dray.app.planner;
