package dev.dray.plugin.comfyui;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class ComfyJsonPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new ComfyJsonPlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/generate/sync", "{\"input\": {\"modifier\": \"Text2Image\", \"modifications\": {}}}", 100),
                new Sample("/generate/sync", "{}", 100));
    }
}
