/// What an operator and a probe may ask of a running worker: alive, ready, metrics, status.
///
/// One more `RequestGate` on a listener of its own. May enter: inbound ports, Jackson. Must not: the core,
/// adapters. Everything is answered at arrival, on the request's own thread. Read [AdminGate] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin;
