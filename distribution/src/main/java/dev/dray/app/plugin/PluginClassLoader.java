package dev.dray.app.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/// Loads one plugin. It sees the JDK, its own jars, and through two windows the SPI; never the worker's libraries, so
/// that its own clash with nobody's.
final class PluginClassLoader extends URLClassLoader {
    // With the trailing dot: 'dev.dray.spi' must not open a window on 'dev.dray.spiral'.
    private static final List<String> WINDOWS = List.of("dev.dray.spi.", "dev.dray.model.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader worker;

    /// @param name   of the plugin's jar or folder, shown in stack traces
    /// @param jars   searched in this order
    /// @param worker loads what stands in the windows
    PluginClassLoader(String name, List<URL> jars, ClassLoader worker) {
        super("plugin " + name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.worker = worker;
    }

    // The windows come first: a jar that brings a copy of the SPI must not get types of its own by those names.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (WINDOWS.stream().anyMatch(name::startsWith)) {
            return worker.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }
}
