package dev.dray.plugin.demo;

import dev.dray.spi.BackendPlugin;
import dev.dray.testkit.PluginContract;
import java.util.List;

/// Everything the worker expects of a plugin, inherited: this is all an author writes.
final class DemoPluginContractTest extends PluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new DemoPlugin();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/my/route", "{\"prompt\": \"hello\"}", 5),
                new Sample("/my/route", "{\"prompt\": \"\", \"seed\": 1}", 0));
    }
}
