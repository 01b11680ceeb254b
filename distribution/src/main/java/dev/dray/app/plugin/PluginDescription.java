package dev.dray.app.plugin;

import dev.dray.app.config.Problem;
import dev.dray.app.plugin.StartedBackend.SaidRoute;
import dev.dray.app.plugin.StartedBackend.Start;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import java.util.List;

/// What a plugin serves when it is started without a configuration file.
///
/// @param routes   paths; empty where it does not start
/// @param problems why it does not start, one line each; empty where it does
public record PluginDescription(List<String> routes, List<String> problems) {
    private static final JsonObject NOTHING =
            (JsonObject) RequestPayload.of("{}").value();

    public PluginDescription {
        routes = List.copyOf(routes);
        problems = List.copyOf(problems);
    }

    /// Starts a plugin, asks for its routes and closes it again.
    public static PluginDescription of(PluginEntry plugin, Lending lending) {
        return switch (StartedBackend.start(plugin, plugin.id(), NOTHING, lending)) {
            case Start.Down(List<Problem> problems, List<String> _, boolean _) ->
                new PluginDescription(
                        List.of(), problems.stream().map(Problem::text).toList());
            case Start.Up(StartedBackend backend) -> {
                backend.close(plugin);
                yield new PluginDescription(
                        backend.routes().stream().map(SaidRoute::path).toList(), List.of());
            }
        };
    }
}
