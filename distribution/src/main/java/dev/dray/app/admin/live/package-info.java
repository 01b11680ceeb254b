/// What changes in the worker, sent to those who watch it live: server-sent events.
///
/// One thread looks at the worker several times a second, composes each event once and lays it out for every
/// listener; each listener's own request thread writes. Nobody waits for a listener: one that does not read is
/// cut off. May enter: history and log lines, Jackson. Must not: the core, adapters. Read [LiveEvents] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.live;
