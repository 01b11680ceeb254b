/// The testkit: contracts that every implementation of a port, and every plugin, inherits and must keep.
///
/// Published as the test-jar of `ports`: adapters, plugins and users' own fakes run the same tests. May enter: ports,
/// JUnit, AssertJ. Must not: an adapter, the core. Tests here wait for events with a deadline and never for time to
/// pass.
/// Read [ModelServerContract] and [BackendPluginContract] first.
@org.jspecify.annotations.NullMarked
package dev.dray.port.testing;
