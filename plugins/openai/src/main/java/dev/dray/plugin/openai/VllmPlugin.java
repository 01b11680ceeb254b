package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// vLLM, under its own name.
public final class VllmPlugin implements BackendPlugin {
    @Override
    public String id() {
        return "vllm";
    }

    @Override
    public Backend start(PluginContext context) {
        return OpenAiFamily.start(Engine.VLLM, context);
    }
}
