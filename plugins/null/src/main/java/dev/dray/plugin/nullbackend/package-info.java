/// A backend without a model server, to try a platform's scaling by hand.
///
/// What happens here: the worker is ready at once; a client takes it for itself with a session or a
/// reservation, and a program on the same machine gives it back at the control port. May enter:
/// `dev.dray.spi` and `dev.dray.model`. Must not: anything else of dray. Read [NullPlugin] first, then
/// [ControlDesk]. Threads: routes and the control port are called by many threads at once; what they
/// share is in [Reservation], which is thread-safe.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.nullbackend;
