package dev.dray.plugin.comfyui;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.LogRules;
import dev.dray.spi.PluginContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Any ComfyUI workflow: the client sends it, or names one that the wrapper knows.
public final class ComfyJsonPlugin implements BackendPlugin {
    private static final double WORKLOAD = 100;
    private static final int BENCHMARK_RUNS = 8;

    /// Faults of single requests, memory of the graphics card that runs out included, are no markers:
    /// the wrapper answers them and goes on.
    private static final LogRules LOG_RULES = new LogRules(
            List.of("BACKENDS_READY"),
            List.of("BACKENDS_READY_TIMEOUT", "BACKEND_UNRECOVERABLE", "Application startup failed"),
            List.of());

    @Override
    public String id() {
        return "comfyui-json";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("comfyui");
    }

    @Override
    public Backend start(PluginContext context) {
        return start(context, BenchmarkFiles.beside(ComfyJsonPlugin.class, context));
    }

    static Backend start(PluginContext context, BenchmarkFiles files) {
        var payloads = new BenchmarkWorkflow(files.workflows(), TextToImage.read(files.prompts(), context));
        payloads.find(context::warning);
        return new ComfyBackend(
                ComfyBackend.model(Path.of("/var/log/portal/api-wrapper.log")),
                LOG_RULES,
                new GenerateRoute(WORKLOAD, new BenchmarkPlan(BENCHMARK_RUNS, 1, true, payloads)),
                Optional.of(WrapperProbe.read(context)));
    }
}
