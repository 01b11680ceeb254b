package dev.dray.app.logging;

import java.util.logging.LogManager;

/// Keeps its handlers to the very end. The one of the JDK drops them in a shutdown hook of its own, so that
/// what a draining worker has to say would be lost. Public because the JDK makes it, by name.
public final class LastingLogManager extends LogManager {
    @Override
    public void reset() {
        // Nothing is ever reset: see above.
    }
}
