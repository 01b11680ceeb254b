package dev.dray.plugin.openai;

import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Route;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every route of the family, as a worker with a model name serves it.
final class AllRoutes {
    private AllRoutes() {}

    static Map<String, Route> byPath() {
        return byPath(FakePluginContext.builder().environment("MODEL_NAME", "some/model"));
    }

    static Map<String, Route> byPath(FakePluginContext.Builder context) {
        String paths = KnownRoute.paths(KnownRoute.all());
        return OpenAiFamily.start(
                        Engine.VLLM, context.environment("OPENAI_ROUTES", paths).build())
                .routes()
                .stream()
                .collect(Collectors.toMap(Route::path, Function.identity()));
    }
}
