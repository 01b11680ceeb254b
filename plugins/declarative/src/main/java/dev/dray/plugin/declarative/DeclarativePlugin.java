package dev.dray.plugin.declarative;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.HandlerOverlay;
import dev.dray.spi.PluginContext;
import java.util.Optional;

/// Serves what the file says, and compiles the expressions of every plugin's `handlers`.
public final class DeclarativePlugin implements BackendPlugin {
    @Override
    public String id() {
        return "declarative";
    }

    /// Loads nothing yet: the compiler's classes come with the first expression.
    @Override
    public Optional<HandlerOverlay> overlay() {
        return Optional.of(new CelOverlay());
    }

    @Override
    public Backend start(PluginContext context) {
        return DeclarativeBackend.read(context);
    }
}
