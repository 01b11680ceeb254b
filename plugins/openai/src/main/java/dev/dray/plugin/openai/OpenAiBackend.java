package dev.dray.plugin.openai;

import dev.dray.spi.Backend;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Set;

/// A backend that is nothing but what was read at the start.
record OpenAiBackend(ModelDefaults model, LogRules logRules, List<Route> routes) implements Backend {
    OpenAiBackend {
        routes = List.copyOf(routes);
    }

    /// Clients ask it for the name of the model before anything else.
    @Override
    public Set<String> openPaths() {
        return Set.of("/v1/models");
    }
}
