/// Looks at what a worker would do, without one: for `dray explain` and `dray check`.
///
/// What happens here: settings and plugin are put together as for `dray run`, then asked. May enter: the
/// settings, the plugin loader, the plan types of the core, Jackson for answers. Must not: listeners,
/// sockets, a running worker, the terminal. Read [Inspection] first. Threads: everything runs on the
/// calling thread; a plugin is called as the worker calls it, within [dev.dray.app.plugin.Containment].
@org.jspecify.annotations.NullMarked
package dev.dray.app.inspect;
