package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// The server of llama.cpp.
public final class LlamaPlugin implements BackendPlugin {
    @Override
    public String id() {
        return "llama";
    }

    @Override
    public Backend start(PluginContext context) {
        return OpenAiFamily.start(Engine.LLAMA, context);
    }
}
