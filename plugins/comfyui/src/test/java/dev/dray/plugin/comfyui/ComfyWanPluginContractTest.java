package dev.dray.plugin.comfyui;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class ComfyWanPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new ComfyWanPlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(
                        "/generate/sync", "{\"input\": {\"modifier\": \"Text2Image\", \"modifications\": {}}}", 10000),
                new Sample("/generate/sync", "{}", 10000));
    }
}
