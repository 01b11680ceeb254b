package dev.dray.domain.worker;

import dev.dray.port.outbound.ModelLifecycle;
import dev.dray.spi.LogRules;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// What one worker does: the backend's plan with the configuration laid over it, everything checked.
///
/// @param backendId      plugin id, named in errors that are the plugin's
/// @param routes         what is served; paths unique
/// @param openPaths      paths of the model server that clients may `GET` as they are, beside the routes
/// @param logRules       what the model server's log lines mean
/// @param servers        the model servers, all of the same kind; 1 to 64. Their places here are their
///     numbers
/// @param loadProbe      a second sign, beside the log, that a model server is loaded; no part of a
///     life cycle
/// @param health         how often to probe and what the results mean
/// @param benchmarkKey   names backend, model, plan and machine in the benchmark store
/// @param pinnedCapacity workload units per second of one model server, given by the operator; then
///     nothing is measured
/// @param limits         how much the worker holds at once
/// @param hold           how long a request waits for the first READY; empty: it is refused at once
public record WorkerPlan(
        String backendId,
        List<RoutePlan> routes,
        Set<String> openPaths,
        LogRules logRules,
        List<ServerPlan> servers,
        Optional<ReadinessProbe> loadProbe,
        HealthPolicy health,
        String benchmarkKey,
        OptionalDouble pinnedCapacity,
        Limits limits,
        Optional<Duration> hold) {
    public WorkerPlan {
        Objects.requireNonNull(backendId, "backendId");
        routes = List.copyOf(routes);
        openPaths = Set.copyOf(openPaths);
        Objects.requireNonNull(logRules, "logRules");
        servers = List.copyOf(servers);
        Objects.requireNonNull(loadProbe, "loadProbe");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(benchmarkKey, "benchmarkKey");
        Objects.requireNonNull(pinnedCapacity, "pinnedCapacity");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(hold, "hold");
    }

    /// One model server.
    ///
    /// @param name         told before what is wrong with it; empty where there is only one
    /// @param loadSignal   how the worker learns that the model is loaded
    /// @param probesHealth whether it has a health URL; without one, READY follows the benchmark at once
    public record ServerPlan(String name, LoadSignal loadSignal, boolean probesHealth) {
        public ServerPlan {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(loadSignal, "loadSignal");
        }
    }

    /// How the worker learns that the model is loaded.
    public sealed interface LoadSignal {
        /// A load marker in a log that somebody else writes.
        record Log() implements LoadSignal {}

        /// The same in the output of its one of [WorkerPorts#processes()], which the worker starts, and starts again
        /// when it ends.
        record OwnProcess() implements LoadSignal {}

        /// The plugin says so: its life cycle has been entered. No log is followed.
        record Enters(ModelLifecycle lifecycle) implements LoadSignal {
            public Enters {
                Objects.requireNonNull(lifecycle, "lifecycle");
            }
        }

        /// The first good health probe; without a health URL the model server counts as loaded at the
        /// start.
        record Health() implements LoadSignal {}
    }

    /// How often to probe and what the results mean.
    ///
    /// @param interval      pause after a good probe of a ready worker
    /// @param retryInterval pause after a bad probe, and after any while the worker is not ready
    /// @param down          bad probes in a row that make a ready worker unhealthy; 1 or more
    /// @param up            good probes in a row that make it ready again; 1 or more
    public record HealthPolicy(Duration interval, Duration retryInterval, int down, int up) {
        /// Every 10 s while good, every second after a bad probe, two of a kind decide.
        public static final HealthPolicy DEFAULT =
                new HealthPolicy(Duration.ofSeconds(10), Duration.ofSeconds(1), 2, 2);
    }

    /// How much the worker holds at once.
    ///
    /// @param queued             waiting requests, all queues together; 1 or more
    /// @param concurrentRequests requests in the worker, running, waiting and held; 1 or more
    /// @param sessions           open sessions; empty: no limit
    public record Limits(int queued, int concurrentRequests, OptionalInt sessions) {
        /// 1,000 waiting, 10,000 in all, 10 sessions.
        public static final Limits DEFAULT = new Limits(1_000, 10_000, OptionalInt.of(10));
    }
}
