package dev.dray.benchmark.stand;

import java.nio.file.Path;
import java.util.Map;

/// Which worker is measured, and how Java is told to run it.
///
/// @param name      what it is called in the report
/// @param home      folder of the packaged program, with `bin/dray`
/// @param variables of its launcher, such as `DRAY_JAVA_OPTIONS`
/// @param settings  lines added to its `worker.yaml`; may be empty
public record WorkerPlan(String name, Path home, Map<String, String> variables, String settings) {
    public WorkerPlan {
        variables = Map.copyOf(variables);
    }

    /// The same in another place.
    public WorkerPlan at(Path place) {
        return new WorkerPlan(name, place, variables, settings);
    }
}
