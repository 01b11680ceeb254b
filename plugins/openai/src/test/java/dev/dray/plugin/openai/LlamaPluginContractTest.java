package dev.dray.plugin.openai;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.BackendPlugin;
import java.util.List;

final class LlamaPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new LlamaPlugin();
    }

    @Override
    protected FakePluginContext.Builder configure(FakePluginContext.Builder context) {
        return context.environment("MODEL_NAME", "some/model");
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/v1/completions", "{\"prompt\": \"hello\", \"max_tokens\": 128}", 128),
                new Sample("/v1/completions", "{\"input\": {\"prompt\": \"hello\", \"max_tokens\": 64}}", 64),
                new Sample(
                        "/v1/chat/completions",
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}], \"max_tokens\": \"256\"}",
                        256));
    }
}
