/// What the worker asks of the world outside: model server, platform, time, timers, storage, and those who listen to
/// it.
///
/// Implemented by adapters, called by core-domain, never while it holds its lock, except for the clock. May enter:
/// `.model`, `.port.exchange`. Must not: types of a library. Contract tests stand in the test-jar,
/// `dev.dray.port.testing`. Read [ModelServer], [PlatformProtocol] and [WorkerEvents] first.
@org.jspecify.annotations.NullMarked
package dev.dray.port.outbound;
