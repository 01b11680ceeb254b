package dev.dray.plugin.comfyui;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class ComfyAcePluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new ComfyAcePlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(
                        "/generate/sync", "{\"input\": {\"modifier\": \"Text2Image\", \"modifications\": {}}}", 1000),
                new Sample("/generate/sync", "{}", 1000));
    }
}
