/// What an operator, a probe and a browser may ask of a running worker: alive, ready, metrics, status, history,
/// the model's log, live events, log levels.
///
/// One more `RequestGate` on a listener of its own, open as long as the process lives. May enter: inbound ports,
/// Jackson. Must not: the core, adapters. All but `/events` is answered at arrival, on the request's own thread;
/// a listener to events keeps its thread. Read [AdminGate] first, then [Access].
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin;
