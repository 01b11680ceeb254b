/// The rules of sessions: who is open and who is closing, how long each lives, what it is called.
///
/// A *session* reserves workload units from its opening to its end; each of its requests makes it live
/// longer. May enter: the ports' session types. Must not: calls to a port, replies, requests on their
/// way, a clock (time comes as readings of the worker's ticker; the wall clock only says when a
/// session was opened). Read [Session] first, then [SessionRegister]. Threads: guarded by the worker's
/// one lock; [SessionIds] needs none.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.session;
