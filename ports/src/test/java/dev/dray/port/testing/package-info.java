/// Contract tests for the ports, for everyone who implements one: the adapters, the in-memory fakes, plugins.
///
/// May enter: ports, JUnit, AssertJ. Must not: a real socket or file; whoever extends a contract brings them.
/// Nothing here sleeps; what is awaited is polled or latched with a deadline. Read [ModelServerContract] first.
///
/// Threads: a contract calls on the test's thread, and accepts answers on any.
@org.jspecify.annotations.NullMarked
package dev.dray.port.testing;
