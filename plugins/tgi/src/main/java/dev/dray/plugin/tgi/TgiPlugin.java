package dev.dray.plugin.tgi;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// Text Generation Inference behind its own API.
public final class TgiPlugin implements BackendPlugin {
    @Override
    public String id() {
        return "tgi";
    }

    /// The platform's template names the model in `MODEL_ID`; the worker only shows it and measures
    /// anew for another.
    @Override
    public Backend start(PluginContext context) {
        return new TgiBackend(
                context.environment("MODEL_ID").map(String::strip).filter(id -> !id.isEmpty()), RandomWords.load());
    }
}
