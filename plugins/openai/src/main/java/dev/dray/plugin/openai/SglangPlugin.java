package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// SGLang.
public final class SglangPlugin implements BackendPlugin {
    @Override
    public String id() {
        return "sglang";
    }

    @Override
    public Backend start(PluginContext context) {
        return OpenAiFamily.start(Engine.SGLANG, context);
    }
}
