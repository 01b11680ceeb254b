package dev.dray.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// One model server as a plugin sees it: where it listens, what its log says, which routes it has.
///
/// Thread-safe. All getters are called once, right after start.
///
/// @since 1.0
public interface Backend extends AutoCloseable {
    /// Where the model server is found, unless the configuration says otherwise. Never null, like all
    /// else here.
    ModelDefaults model();

    /// What its log lines mean.
    LogRules logRules();

    /// What it serves; at least one route, paths unique, each beginning with `/`. The list is copied.
    List<Route> routes();

    /// Stands in for the log: where there is one, no log is followed. Default: none.
    default Optional<Lifecycle> lifecycle() {
        return Optional.empty();
    }

    /// A second sign, beside the log, that the model server is loaded. Default: none.
    default Optional<ReadinessProbe> readinessProbe() {
        return Optional.empty();
    }

    /// What the backend carries, in workload units per second, where that is known and nothing is to be
    /// measured; finite and more than 0. The configuration wins over it. Default: unknown.
    default OptionalDouble capacity() {
        return OptionalDouble.empty();
    }

    /// Most sessions open at once, unless the configuration says otherwise; 1 or more. Default: the
    /// worker's own limit.
    default OptionalInt maxSessions() {
        return OptionalInt.empty();
    }

    /// Paths of the model server that clients may `GET` where there is no platform, for example
    /// `/v1/models`: they cost nothing, are not counted as load and wait for nothing. Behind a platform
    /// they are not served. Default: none.
    default Set<String> openPaths() {
        return Set.of();
    }

    /// Called once at the end of the process, after the last request, and also where another part keeps
    /// the worker from starting. Idempotent. What it throws is logged; threads that the plugin started
    /// must end here.
    @Override
    default void close() {}
}
