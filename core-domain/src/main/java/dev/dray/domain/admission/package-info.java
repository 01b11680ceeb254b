/// Who runs now, who waits, who is sent away: lanes, queues in order of arrival, and the estimate of the wait.
///
/// A *lane* is one unit of serial capacity of a model server. May enter: the JDK. Must not: ports, plugins, other
/// domain packages, a clock (time comes as readings of the worker's ticker), replies and their words.
/// Read [Admission] first, then [Backlog] for the formula of the wait. Threads: everything here is guarded by the
/// worker's one lock, and nothing here calls out.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.admission;
