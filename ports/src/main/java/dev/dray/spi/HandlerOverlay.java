package dev.dray.spi;

import dev.dray.model.JsonValue.JsonObject;

/// Reads the expressions of an entry under `handlers` and lays them over a route, of whichever plugin.
///
/// One plugin has the compiler; every backend's `handlers` may then hold expressions.
///
/// @since 1.0
@FunctionalInterface
public interface HandlerOverlay {
    /// Compiles what the entry holds of `workload` (a text), `request` (a text) and `benchmark/template`
    /// (a text, or an object whose texts may hold expressions).
    ///
    /// @param base     route below; asked for everything that the entry does not say
    /// @param handler  the entry as JSON
    /// @param mistakes takes what does not compile
    /// @return never null; not used where there were mistakes
    Route over(Route base, JsonObject handler, Mistakes mistakes);

    /// Takes what does not compile.
    @FunctionalInterface
    interface Mistakes {
        /// Tells one mistake. The worker then does not start, and names file, line and column.
        ///
        /// @param pointer of the text in the entry, for example `/workload`
        /// @param offset  of the mistake in the text, in code points from 0
        /// @param message what was found, what is expected
        void tell(String pointer, int offset, String message);
    }
}
