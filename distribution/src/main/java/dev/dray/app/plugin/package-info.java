/// Finds plugin jars, loads each behind a wall of its own, and lays the settings over what a backend brings.
///
/// What may enter: the SPI, `dev.dray.app.config`, the plan types of the core. Must not: classes of a plugin by name,
/// HTTP, requests. A plugin sees `dev.dray.spi` and `dev.dray.model` through [PluginClassLoader] and nothing else of
/// ours; whatever it throws is caught by [Containment] and told with the plugin's name.
/// Read [PluginCatalog] first, then [BackendAssembly], which turns a plugin and a configuration into a worker's plan.
/// Threads: everything runs on the calling thread, at start; what comes out is immutable.
@org.jspecify.annotations.NullMarked
package dev.dray.app.plugin;
