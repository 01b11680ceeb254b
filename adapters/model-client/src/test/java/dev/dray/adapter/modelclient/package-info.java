/// Tests of the model client against a real server on port 0, scripted byte by byte.
///
/// May enter: JUnit, AssertJ, the contracts of ports' test-jar. Must not: an HTTP library, which would repair what
/// the tests want broken. Read `RawServer` first.
///
/// Threads: one virtual thread of the server for each connection; what it sees is handed over in queues with a
/// deadline.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.modelclient;
