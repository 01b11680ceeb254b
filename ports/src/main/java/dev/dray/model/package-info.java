/// Values that everyone shares: requests, payloads, headers, units of work, readiness.
///
/// Nothing in it is ever null. May enter: the JDK's `java.base`. Must not: behaviour that needs a clock,
/// a thread or a socket. Every value is immutable and safe to share between threads. Read
/// [RequestPayload] first.
@org.jspecify.annotations.NullMarked
package dev.dray.model;
