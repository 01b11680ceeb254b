/// The HTTP/1.1 conversation with a model server: sockets, pooled connections, the answer relayed as it comes. And
/// callbacks, which use the same sockets once, after a look at where they lead.
///
/// May enter: ports, the JDK, and a circuit breaker from Resilience4j. Must not: the core, other adapters, an HTTP
/// library (raw sockets carried twice the requests), any knowledge of what is inside a body.
///
/// Read [HttpModelServer] first, then `Relay` for a request's way and `Flight` for how it is ended from outside;
/// [HttpCallbackSender] for callbacks.
///
/// Threads: a request is carried by the thread that starts it, from its first byte to its last; one more thread
/// cuts those that are overdue. Whoever cuts closes the connection, nothing else. A callback has two of its own.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.modelclient;
