/// The real core around a plugin, between a scripted client and a scripted model server, in virtual
/// time.
///
/// What happens here: [PluginContract] is what an author extends, [TestWorker] what he plays with in
/// tests of his own. May enter: `ports` and its contract tests, the core's `dev.dray.domain.worker`, the
/// fakes of `in-memory`, JUnit, AssertJ. Must not: adapters with sockets or files, threads, clocks. Read
/// [PluginContract] first. Threads: the test's own; nothing happens unless it lets time pass.
@org.jspecify.annotations.NullMarked
package dev.dray.testkit;
