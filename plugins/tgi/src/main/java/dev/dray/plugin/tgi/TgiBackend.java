package dev.dray.plugin.tgi;

import dev.dray.spi.Backend;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Optional;

/// One TGI router: where it listens, what its log says, what it serves.
///
/// @param modelName the model it was started with; empty where unknown
/// @param words     what benchmark prompts are made of
record TgiBackend(Optional<String> modelName, RandomWords words) implements Backend {
    /// The template lets the router listen on every address; loopback is the one that is always there.
    @Override
    public ModelDefaults model() {
        return new ModelDefaults(
                "http://127.0.0.1:5001", Optional.of("/workspace/infer.log"), Optional.of("/health"), modelName);
    }

    /// The router writes JSON lines, so quotes belong to the markers. The closing quote of the first
    /// load marker keeps it from matching what the second is for: versions differ in the target they
    /// name.
    @Override
    public LogRules logRules() {
        return new LogRules(
                List.of(
                        "\"message\":\"Connected\",\"target\":\"text_generation_router\"",
                        "\"message\":\"Connected\",\"target\":\"text_generation_router::server\""),
                List.of("Error: WebserverFailed", "Error: DownloadError", "Error: ShardCannotStart"),
                List.of("\"message\":\"Download"));
    }

    @Override
    public List<Route> routes() {
        return List.of(GenerateRoute.measured(words), GenerateRoute.streamed());
    }
}
