package dev.dray.plugin.nullbackend;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class NullPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new NullPlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/ping", "{}", 100),
                new Sample("/reserve", "{}", 100),
                new Sample("/reserve", "{\"duration\": 1.5}", 100));
    }
}
