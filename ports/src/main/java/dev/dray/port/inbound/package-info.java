/// What may be asked of the worker, and what it is told: requests, log lines, questions about its state, the order to
/// drain.
///
/// Implemented by core-domain, called by adapters and by the composition root. May enter: `.model`,
/// `.port.exchange`. Must not: outbound ports. Every method is safe to call from any thread and returns without
/// waiting, unless it says otherwise. Read [RequestGate] first.
@org.jspecify.annotations.NullMarked
package dev.dray.port.inbound;
