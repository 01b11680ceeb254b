/// The conversation about one request: what came in, how its answer goes back, what is said while the model server
/// works.
///
/// Inbound and outbound ports share these types; the core passes them on. No byte of a body passes through core
/// code: the model server's adapter writes straight into the client's [Responder]. May enter: `.model`. Must not:
/// sockets, threads. Read [Responder] and [Exchange] first. Threads: stated on each method.
@org.jspecify.annotations.NullMarked
package dev.dray.port.exchange;
