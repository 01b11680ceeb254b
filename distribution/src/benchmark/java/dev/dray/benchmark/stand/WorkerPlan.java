package dev.dray.benchmark.stand;

import java.nio.file.Path;

/// Which worker is measured, and how Java is told to run it.
///
/// @param name        what it is called in the report
/// @param home        folder of the packaged program, with `bin/dray`
/// @param javaOptions what `DRAY_JAVA_OPTIONS` says; may be empty
/// @param settings    lines added to its `worker.yaml`; may be empty
public record WorkerPlan(String name, Path home, String javaOptions, String settings) {}
