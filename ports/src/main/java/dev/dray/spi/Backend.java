package dev.dray.spi;

import java.util.List;
import java.util.Optional;

/// One model server as a plugin sees it: where it listens, what its log says, which routes it has.
///
/// Thread-safe. All getters are called once, right after start.
///
/// @since 1.0
public interface Backend extends AutoCloseable {
    /// Where the model server is found, unless the configuration says otherwise.
    ModelDefaults model();

    /// What its log lines mean.
    LogRules logRules();

    /// What it serves; at least one route, paths unique.
    List<Route> routes();

    /// Stands in for the log: where there is one, no log is followed. Default: none.
    default Optional<Lifecycle> lifecycle() {
        return Optional.empty();
    }

    /// Called once at the end of the process, after the last request.
    @Override
    default void close() {}
}
