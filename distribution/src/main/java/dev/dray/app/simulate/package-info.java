/// The whole worker under a virtual clock, among clients, model servers, logs and a platform that misbehave.
///
/// One seed gives one [History]: the real core, the real bookkeeping and manners of the platform, and around them
/// actors that act by chance, on one event queue. After every event the [Promises] are looked at. A history that breaks
/// one is replayed exactly by its seed. May enter: the core, ports, the in-memory adapter, the platform's books without
/// threads. Must not: sockets, files, threads, the machine's clock. Read [History] first, then [Promises]. Threads:
/// none; a history belongs to the thread that runs it.
@org.jspecify.annotations.NullMarked
package dev.dray.app.simulate;
