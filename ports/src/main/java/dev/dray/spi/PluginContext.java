package dev.dray.spi;

import dev.dray.model.JsonValue.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What the worker lends a plugin at its start. All but [#control(int, ControlHandler)],
/// [#problem(String, String)] and [#warning(String)] may be used as long as the backend lives, from any
/// thread.
///
/// @since 1.0
public interface PluginContext {
    /// The id or alias under which the plugin was asked for.
    String requestedId();

    /// An environment variable; empty where it is not set. A set but empty variable is the empty string.
    Optional<String> environment(String name);

    /// The configuration file as JSON, as far as it concerns the backend: the keys `model`, `handlers`,
    /// `log-actions`. Already checked for types; an empty object where there is no file.
    JsonObject settings();

    /// The only source of chance a plugin uses. Thread-safe.
    RandomGenerator random();

    /// Wall-clock time.
    InstantSource clock();

    /// The worker's sessions.
    WorkerSessions sessions();

    /// Opens a control port on 127.0.0.1 once the backend has started, and closes it at the end. At most
    /// one. A port that is taken is told and tried again, as a taken worker port is.
    ///
    /// @param port    1 to 65535
    /// @param handler answers
    void control(int port, ControlHandler handler);

    /// Tells a mistake that keeps the backend from starting; only until
    /// [BackendPlugin#start(PluginContext)] returns. May be called many times: all mistakes are shown at
    /// once.
    ///
    /// @param where   variable or key, for example `BENCHMARK_ROUTE`
    /// @param message what was found, what is expected
    void problem(String where, String message);

    /// Tells something odd that does not keep it from starting; only until
    /// [BackendPlugin#start(PluginContext)] returns.
    ///
    /// @param message one sentence for the operator
    void warning(String message);
}
