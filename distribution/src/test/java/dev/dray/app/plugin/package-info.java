/// Jars compiled on the spot, good and bad, and what the catalog and the assembly make of them.
///
/// Read [PluginCatalogTest], then [BackendAssemblyTest]; [PluginJar] makes the jars. Threads: none.
@org.jspecify.annotations.NullMarked
package dev.dray.app.plugin;
