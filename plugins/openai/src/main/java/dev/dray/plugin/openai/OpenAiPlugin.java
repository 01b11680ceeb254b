package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// Any model server that speaks the OpenAI API. Its log is taken for vLLM's, until variables or the file say otherwise.
public final class OpenAiPlugin implements BackendPlugin {
    @Override
    public String id() {
        return "openai";
    }

    @Override
    public Backend start(PluginContext context) {
        return OpenAiFamily.start(Engine.VLLM, context);
    }
}
