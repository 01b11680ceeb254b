package dev.dray.plugin.comfyui;

import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.PluginContext;

/// Text to music by ACE-Step. Clients may send any workflow; this is the one it is measured with.
public final class ComfyAcePlugin implements BackendPlugin {
    private static final double WORKLOAD = 1_000;

    @Override
    public String id() {
        return "comfyui-ace";
    }

    @Override
    public Backend start(PluginContext context) {
        return ComfyBackend.ofExample(WORKLOAD, SampleRequest.load("ace-request.json", "<lyrics>", "ace-lyrics.txt"));
    }
}
