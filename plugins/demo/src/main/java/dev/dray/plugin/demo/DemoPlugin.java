package dev.dray.plugin.demo;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;
import java.util.Set;

/// The door: the worker finds this class by its line in `META-INF/services/dev.dray.spi.BackendPlugin`.
///
/// It must be public and have a constructor without parameters; the one that Java adds will do. One instance is made,
/// whether or not the plugin is asked for, so nothing heavy belongs here.
public final class DemoPlugin implements BackendPlugin {
    /// The name to ask for, as in `backend: demo` or `BACKEND=demo`.
    @Override
    public String id() {
        return "demo";
    }

    /// Names under which older templates ask for the same thing.
    @Override
    public Set<String> aliases() {
        return Set.of("hello_world");
    }

    /// Called once, if the plugin was asked for: the place to read variables and to say what is wrong with them.
    @Override
    public Backend start(PluginContext context) {
        String logFile = context.environment("MODEL_LOG").orElse("/var/model/out.log");
        if (logFile.isBlank()) {
            // Do not throw: tell every problem, with what was found and what to do, and return something all the same.
            context.problem("MODEL_LOG", "is set but blank; name the model server's log file, or unset it");
        }
        return new DemoBackend(logFile);
    }
}
