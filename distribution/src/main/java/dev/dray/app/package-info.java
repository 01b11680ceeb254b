/// The composition root: the only place that knows everybody, builds one worker from its parts and ends it in order.
///
/// May enter: everything. Must not: rules (they live in the core) and printing (that is `.app.cli`). Only here are
/// the real clock, threads for timers and the environment handed out. Read [WorkerProgram] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app;
