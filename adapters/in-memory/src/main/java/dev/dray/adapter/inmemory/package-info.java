/// Every outbound port as a scripted fake: for our tests, our users' tests, and simulation under a virtual clock.
///
/// A fake does what its script says and writes down what it was asked. Nothing here waits, owns a thread or reads a
/// clock: time moves when [ManualTimers#advance(java.time.Duration)] is called, and whoever calls it lends its thread.
/// May enter: ports. Must not: threads, sockets, files, libraries. Read [ManualTimers], then [ScriptedModelServer].
/// Threads: everything is safe to share; callbacks run outside the fakes' locks, on the thread that caused them.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.inmemory;
