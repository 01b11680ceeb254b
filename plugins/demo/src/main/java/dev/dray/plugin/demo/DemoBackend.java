package dev.dray.plugin.demo;

import dev.dray.spi.Backend;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Optional;

/// One model server: where it listens, what its log says, what it serves.
///
/// @param logFile the log that is followed
record DemoBackend(String logFile) implements Backend {
    /// Defaults only: whoever runs the worker may say otherwise in `worker.yaml`.
    @Override
    public ModelDefaults model() {
        return new ModelDefaults(
                "http://127.0.0.1:18000", Optional.of(logFile), Optional.of("/health"), Optional.empty());
    }

    /// Plain substrings of log lines, case and all. The first list decides when requests may come: until one of its
    /// markers was seen the worker is not ready.
    @Override
    public LogRules logRules() {
        return new LogRules(
                List.of("Application startup complete."),
                List.of("INFO exited: vllm", "RuntimeError: Engine", "Traceback (most recent call last):"),
                List.of("\"message\":\"Download"));
    }

    /// One route here; there may be many, each of a path of its own.
    @Override
    public List<Route> routes() {
        return List.of(new PromptRoute());
    }
}
