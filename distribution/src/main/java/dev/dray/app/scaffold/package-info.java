/// Writes a plugin project that builds: for `dray new-plugin`.
///
/// What happens here: names are checked, templates filled, and the SPI and the testkit laid beside them
/// as a small Maven repository. May enter: files, the templates of this package. Must not: the terminal,
/// the settings, plugins. Read [PluginProject] first. Threads: the caller's.
@org.jspecify.annotations.NullMarked
package dev.dray.app.scaffold;
