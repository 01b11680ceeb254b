/// What the worker did over the last hour, kept for the operator: a point for every five seconds, totals since
/// the start, the last changes of readiness, the last failures.
///
/// May enter: the worker's events and a look at it now and then, HdrHistogram, Jackson. Must not: the core,
/// adapters, a clock of its own. Events are heard on the requests' own threads: without a lock and without
/// waiting. All else is thread-safe by short locks. Read [WorkerHistory] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.history;
