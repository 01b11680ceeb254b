package dev.dray.domain.readiness;

import dev.dray.spi.LogRules;
import java.util.ArrayList;
import java.util.List;

/// Looks for the markers of the log rules: case-sensitive substrings.
///
/// An error marker beats a load marker in the same line: ComfyUI's `BACKENDS_READY_TIMEOUT` contains its own load
/// marker `BACKENDS_READY`, and a model server that failed to start must not be benchmarked. Immutable, any thread;
/// a line without a marker costs no allocation.
public final class LogMarkers {
    private final String[] load;
    private final String[] error;
    private final String[] info;

    public LogMarkers(LogRules rules) {
        this.load = usable(rules.onLoad());
        this.error = usable(rules.onError());
        this.info = usable(rules.onInfo());
    }

    /// The markers in one line; [Sighting#NOTHING] for none.
    public Sighting in(String line) {
        String failure = first(error, line);
        if (!failure.isEmpty()) {
            return new Sighting(false, failure, List.of());
        }
        boolean loaded = !first(load, line).isEmpty();
        List<String> noted = all(info, line);
        return loaded || !noted.isEmpty() ? new Sighting(loaded, "", noted) : Sighting.NOTHING;
    }

    private static String first(String[] markers, String line) {
        for (String marker : markers) {
            if (line.contains(marker)) {
                return marker;
            }
        }
        return "";
    }

    private static List<String> all(String[] markers, String line) {
        List<String> found = List.of();
        for (String marker : markers) {
            if (line.contains(marker)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(marker);
            }
        }
        return found;
    }

    // An empty marker would match every line, so it counts as none.
    private static String[] usable(List<String> markers) {
        return markers.stream().filter(marker -> !marker.isEmpty()).toArray(String[]::new);
    }
}
