/// The HTTP listeners: bytes in, requests to a gate, answers out as they come, and a watch on clients that hang up.
///
/// Helidon SE speaks HTTP/1.1 and HTTP/2; what it does not do stands here: it does not see a client that hangs up while
/// a handler works, and it never cuts off a slow one. May enter: `.port`, `.model`, Helidon. Must not: platforms,
/// plugins, JSON of a request.
/// Read [HttpListener] first, then [GateRouting] for a request's way and [ClientConnection] for the watch.
/// Threads: one virtual thread per HTTP/1.1 connection or HTTP/2 stream carries the request from head to last byte; one
/// daemon thread per listener, [ConnectionSweep], looks over all connections; a connection whose request takes longer
/// than a moment gets a second virtual thread that reads ahead.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.httpserver;
