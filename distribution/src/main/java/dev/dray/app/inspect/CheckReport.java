package dev.dray.app.inspect;

import dev.dray.app.WorkerSetup;
import dev.dray.app.config.Config;
import dev.dray.app.config.Effective;
import dev.dray.app.config.Secrets;
import dev.dray.app.plugin.PluginEntry;
import dev.dray.spi.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything `dray check` has to say.
///
/// @param plugin   the one that was chosen; empty where it did not come to that
/// @param settings as they take effect, groups together; secrets are not in it
/// @param routes   as they would be served
/// @param problems why a worker would not start; one line each
/// @param warnings what is odd, or missing here and needed there; one line each
public record CheckReport(
        Optional<PluginEntry> plugin,
        List<Effective> settings,
        List<RoutePreview> routes,
        List<String> problems,
        List<String> warnings) {
    /// Looks at everything.
    public static CheckReport of(WorkerSetup.Asked asked, Map<String, String> environment) {
        return switch (Inspection.of(asked, environment)) {
            case Inspection.Refused refused ->
                new CheckReport(Optional.empty(), List.of(), List.of(), refused.problems(), refused.warnings());
            case Inspection.Complete complete -> {
                try (complete) {
                    yield of(complete, Inspection.missing(asked, environment));
                }
            }
        };
    }

    private static CheckReport of(Inspection.Complete complete, List<String> missing) {
        var warnings = new ArrayList<>(complete.warnings());
        warnings.addAll(unreadable(complete.config()));
        missing.forEach(text -> warnings.add("'dray run' would not start here: " + text));
        List<Effective> settings = complete.assembly().effective();
        var said = new RoutePreview.Said(
                new HandlerSettings(settings),
                complete.plugin().id(),
                complete.assembly().plan().pinnedCapacity().isPresent());
        Map<String, Route> own = complete.pluginRoutes();
        List<RoutePreview> routes = complete.routes().stream()
                .map(plan -> RoutePreview.of(plan, Optional.ofNullable(own.get(plan.path())), said))
                .toList();
        return new CheckReport(Optional.of(complete.plugin()), grouped(settings), routes, List.of(), warnings);
    }

    // Whoever mends it while the worker waits has mended it: hence no problem.
    private static List<String> unreadable(Config config) {
        return config.worker().tls().stream()
                .flatMap(tls -> List.of(tls.certificate(), tls.key()).stream())
                .filter(file -> !Files.isReadable(file))
                .map(Path::toString)
                .map(file -> "TLS is on, and %s cannot be read; the worker would wait for it".formatted(file))
                .toList();
    }

    // What a plugin adds is told last; it belongs beside what the file says of the same thing.
    private static List<Effective> grouped(List<Effective> settings) {
        var groups = new LinkedHashMap<String, List<Effective>>();
        for (Effective setting : settings) {
            String group = setting.key().split("\\.", 2)[0];
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(Secrets.hidden(setting));
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }
}
