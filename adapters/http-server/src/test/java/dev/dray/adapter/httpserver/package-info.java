/// The listeners against real sockets: a scripted gate behind them, raw bytes in front of them.
///
/// May enter: ports, the JDK, JUnit, AssertJ. Must not: Helidon as a client, sleeps, fixed ports. Read [ScriptedGate]
/// and
/// [RawClient] first. Threads: those of the listener under test; tests wait for events with a deadline.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.httpserver;
