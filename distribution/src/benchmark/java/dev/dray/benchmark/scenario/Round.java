package dev.dray.benchmark.scenario;

import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.report.Results;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.ModelProcess;

/// One contender's turn in one round.
///
/// @param number from 0
public record Round(
        int number, Effort effort, Contender contender, Asking asking, ModelProcess model, Results results) {
    void add(String scenario, String measure, String unit, double value) {
        results.add(new Results.Measure(scenario, measure, unit), contender.name(), value);
    }

    void point(Chart chart, double x, double y) {
        results.point(chart, contender.name(), x, y);
    }

    /// Says what failed, so that no figure is taken for good that is not.
    void failures(String scenario, long errors, String first) {
        if (errors > 0) {
            add(scenario, "failed", "", (double) errors);
            results.note(
                    "%s: %d requests of %s failed; the first: %s".formatted(scenario, errors, contender.name(), first));
        }
    }
}
