package dev.dray.domain.readiness;

import java.util.List;

/// Which markers stand in a line.
///
/// @param load  whether one of the load markers does
/// @param error the first of the error markers that does; empty for none
/// @param infos the info markers that do, in the order of the rules; empty beside an error
public record Sighting(boolean load, String error, List<String> infos) {
    /// A line without any marker: nearly all of them.
    public static final Sighting NOTHING = new Sighting(false, "", List.of());

    public Sighting {
        infos = List.copyOf(infos);
    }

    /// Whether no marker stands in the line.
    public boolean isNothing() {
        return !load && error.isEmpty() && infos.isEmpty();
    }

    /// Whether an error marker stands in the line.
    public boolean isError() {
        return !error.isEmpty();
    }
}
