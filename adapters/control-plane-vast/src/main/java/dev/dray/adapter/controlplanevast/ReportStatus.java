package dev.dray.adapter.controlplanevast;

import dev.dray.model.ReadinessState;
import java.time.Instant;
import java.util.Optional;

/// What became of a report to the platform.
///
/// @param at           wall-clock time at its end
/// @param address      where it was taken, or tried last
/// @param failure      why it was not taken, for a person; empty where it was acknowledged
/// @param acknowledged wall-clock time of the last acknowledged one; empty where there was none yet
/// @param failures     reports not taken since the start of the process
/// @param state        where the worker stood when it was written
public record ReportStatus(
        Instant at,
        String address,
        Optional<String> failure,
        Optional<Instant> acknowledged,
        long failures,
        ReadinessState state) {}
