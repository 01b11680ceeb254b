/// Figures about the worker, its model server and its process, on a page that Prometheus scrapes.
///
/// Listens to the worker's events and asks `ReadWorker` once per scrape. May enter: ports, Micrometer. Must not:
/// request
/// payloads, anything that grows with what clients send: labels are routes of the backend, outcomes and states.
/// Read [PrometheusTelemetry] first, then [RequestTimes] for what is measured.
///
/// Threads: events come from any thread at once and cost no lock; a scrape runs on its caller's thread.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.telemetry;
