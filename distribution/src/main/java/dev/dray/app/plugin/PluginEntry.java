package dev.dray.app.plugin;

import dev.dray.spi.BackendPlugin;
import java.nio.file.Path;
import java.util.Set;

/// A plugin that was found and may be started.
///
/// @param id      name it is asked for by
/// @param aliases other names; empty for none
/// @param version of the jar, from its manifest; `unknown` where it does not say
/// @param jar     file that lists it as a service
/// @param shipped whether it came with the program
/// @param plugin  the plugin; call it through [Containment]
/// @param loader  its class loader
public record PluginEntry(
        String id,
        Set<String> aliases,
        String version,
        Path jar,
        boolean shipped,
        BackendPlugin plugin,
        ClassLoader loader) {
    public PluginEntry {
        aliases = Set.copyOf(aliases);
    }

    boolean answersTo(String name) {
        return id.equals(name) || aliases.contains(name);
    }
}
