package dev.dray.benchmark.report;

import java.util.List;

/// One run of the benchmark.
///
/// @param when       it began, in ISO form
/// @param machine    in a few words
/// @param loadBefore load average when it began
/// @param options    as they were given
/// @param contenders names in the order of the run
/// @param workers    those of them that are held to the targets
public record Run(
        String when,
        String machine,
        String loadBefore,
        List<String> options,
        List<String> contenders,
        List<String> workers,
        Results results) {
    /// The contender that others are compared with.
    String base() {
        return contenders.contains("nginx") ? "nginx" : "direct";
    }
}
