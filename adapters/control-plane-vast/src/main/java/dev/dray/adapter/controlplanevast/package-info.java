/// Talks with the autoscaler of Vast.ai: opens and checks its envelopes, reports the worker's state, delivers outcomes.
///
/// [VastProtocol] answers on request threads and never waits; what waits for the network runs on virtual threads of
/// this package's own: one fetches the public key, one reports, one delivers outcomes. [PlainProtocol] stands in where
/// there is no platform. May enter: ports, `java.net.http`, Resilience4j. Must not: the environment, the core, another
/// adapter; the master token and signatures never reach a log. Read [VastControlPlane] first, then `EnvelopeReader`
/// for what comes in and `Reporter` for what goes out.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.controlplanevast;
