package dev.dray.plugin.comfyui;

import dev.dray.spi.Backend;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.ReadinessProbe;
import dev.dray.spi.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// ComfyUI behind its API wrapper. Nothing but what was read at the start.
record ComfyBackend(ModelDefaults model, LogRules logRules, Route route, Optional<ReadinessProbe> readinessProbe)
        implements Backend {
    /// Where the platform's image lets the wrapper listen; ComfyUI itself is behind it.
    static final String WRAPPER = "http://127.0.0.1:18288";

    private static final Path COMFYUI_LOG = Path.of("/var/log/portal/comfyui.log");

    /// ComfyUI's own log, for images whose wrapper says nothing in its log.
    private static final LogRules COMFYUI_RULES = new LogRules(
            List.of("To see the GUI go to: "),
            List.of("MetadataIncompleteBuffer", "Value not in list: ", "[ERROR] Provisioning Script failed"),
            List.of("\"message\":\"Downloading"));

    /// One of the examples: measured by one request of its own, after a warm-up.
    static Backend ofExample(double workload, Payloads payloads) {
        return new ComfyBackend(
                model(COMFYUI_LOG),
                COMFYUI_RULES,
                new GenerateRoute(workload, new BenchmarkPlan(1, 1, true, payloads)),
                Optional.empty());
    }

    static ModelDefaults model(Path logFile) {
        return new ModelDefaults(WRAPPER, Optional.of(logFile.toString()), Optional.of("/health"), Optional.empty());
    }

    @Override
    public List<Route> routes() {
        return List.of(route);
    }
}
