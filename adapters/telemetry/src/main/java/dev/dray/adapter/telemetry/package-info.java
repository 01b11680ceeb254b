/// Figures about the worker, its model server and its process: on a page that Prometheus scrapes, and to a collector.
///
/// Listens to the worker's events, looks at answers as they pass, and asks `ReadWorker` once per scrape. May enter:
/// ports, Micrometer, OpenTelemetry's tracing (its classes only behind [OtlpExport]). Must not: anything a client or a
/// model wrote, anything that grows with what clients send: labels are routes of the backend, outcomes and states.
/// Read [PrometheusTelemetry] first, then [RequestTimes] and [AnswerMeters] for what is measured.
///
/// Threads: events come from any thread at once and cost no lock; an answer is looked at by the thread that carries it;
/// a scrape runs on its caller's thread, an export on threads of its own.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.telemetry;
