package dev.dray.plugin.tgi;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class TgiPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new TgiPlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/generate", "{\"inputs\": \"hi\", \"parameters\": {\"max_new_tokens\": 128}}", 128),
                new Sample("/generate_stream", "{\"inputs\": \"hi\", \"parameters\": {\"max_new_tokens\": 7}}", 7),
                new Sample("/generate", "{\"inputs\": \"hi\"}", 100));
    }
}
