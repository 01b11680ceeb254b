/// What the model server's log, health and process say, and the states the worker passes through because
/// of it.
///
/// Pure: each class is a function of what it is told, and asks nobody anything. May enter: `.model`,
/// `.port.inbound` (log lines), `.spi` (log rules). Must not: outbound ports, time of its own, other
/// domain packages. Read [ReadinessStep] for every legal edge, then [RunLog] for what a line sets off.
/// Not thread-safe, except [LogMarkers] and [FaultText]: the readiness side of `.domain.worker` guards
/// the rest with its lock.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.readiness;
