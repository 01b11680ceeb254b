package dev.dray.spi;

import java.util.Optional;
import java.util.Set;

/// Teaches the worker one kind of model server. Found by `ServiceLoader`; one instance per process.
///
/// Whatever a plugin throws is contained: the request gets an error that names the plugin, the worker
/// lives on.
///
/// @since 1.0
public interface BackendPlugin {
    /// Never null, always the same. Unique name used in configuration and in `$BACKEND`:
    /// `[a-z][a-z0-9-]*`, for example `vllm`.
    String id();

    /// Other names under which it may be asked for; empty for none. An alias may also hold `_`, as old
    /// `$BACKEND` values do.
    default Set<String> aliases() {
        return Set.of();
    }

    /// Compiles expressions under `handlers`, where this plugin can; asked once, before any backend
    /// starts. Where several plugins can, the one with the id `declarative` is used. Default: it cannot.
    default Optional<HandlerOverlay> overlay() {
        return Optional.empty();
    }

    /// Reads its settings and says what it serves. Called once, before any request, on the main thread.
    ///
    /// Mistakes in the settings are told to [PluginContext#problem(String, String)], all of them; the
    /// worker then does not start and lists them. The returned backend is not used in that case, but
    /// must not be null.
    ///
    /// @param context holds for the life of the process, for any thread
    /// @return never null; closed at the end of the process
    Backend start(PluginContext context);
}
