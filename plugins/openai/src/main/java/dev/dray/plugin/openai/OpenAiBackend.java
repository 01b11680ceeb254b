package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.util.List;

/// A backend that is nothing but what was read at the start.
record OpenAiBackend(ModelDefaults model, LogRules logRules, List<Route> routes) implements Backend {
    OpenAiBackend {
        routes = List.copyOf(routes);
    }
}
