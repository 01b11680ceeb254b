package dev.dray.plugin.comfyui;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// Text to video by Wan 2.2. Clients may send any workflow; this is the one it is measured with.
public final class ComfyWanPlugin implements BackendPlugin {
    private static final double WORKLOAD = 10_000;

    @Override
    public String id() {
        return "comfyui-wan";
    }

    @Override
    public Backend start(PluginContext context) {
        return ComfyBackend.ofExample(WORKLOAD, SampleRequest.load("wan-request.json", "<prompt>", "wan-prompts.txt"));
    }
}
