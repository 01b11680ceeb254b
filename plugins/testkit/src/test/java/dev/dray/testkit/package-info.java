/// The testkit at work around plugins of its own.
///
/// Read [TestWorkerTest]. Threads: none.
@org.jspecify.annotations.NullMarked
package dev.dray.testkit;
