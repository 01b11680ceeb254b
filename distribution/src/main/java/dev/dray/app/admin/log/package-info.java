/// The last lines of the model servers' logs, kept in memory for the operator's eyes and nowhere else.
///
/// May enter: the inbound port of log lines, the port of the model's process. Must not: the core, adapters,
/// dray's own log, which never shows what a model prints. Lines come on the threads that read them; a short lock
/// guards what is kept. Read [ModelLines] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.log;
