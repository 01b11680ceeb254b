/// The testkit: contracts that plugins and adapters prove themselves against, and fakes of what the worker lends them.
///
/// What happens here: an author extends a contract, names the class under test, and inherits its tests. May enter:
/// JUnit, AssertJ, the ports. Must not: anything of the core, of an adapter or of a plugin. Read
/// [BackendPluginContract] first. Threads: a contract calls what it tests from many threads at once, as the worker
/// does; [FakePluginContext] is thread-safe.
@org.jspecify.annotations.NullMarked
package dev.dray.port.testing;
