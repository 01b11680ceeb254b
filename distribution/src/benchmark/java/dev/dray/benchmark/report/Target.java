package dev.dray.benchmark.report;

import java.util.Optional;
import java.util.function.Function;

/// Something the worker is to reach, and how it is read from the results.
///
/// @param unit    behind the figure; `x` for a ratio
/// @param limit   that must be kept
/// @param stretch that would be better
/// @param isLeast whether figures above the limit are good; below it they are otherwise
/// @param figure  empty where it was not measured
record Target(
        String what,
        String unit,
        double limit,
        double stretch,
        boolean isLeast,
        Function<Results, Optional<Double>> figure) {
    enum Verdict {
        STRETCH,
        MET,
        MISSED,
        NOT_MEASURED
    }

    Verdict verdict(Results results) {
        return figure.apply(results)
                .map(value ->
                        keeps(value, stretch) ? Verdict.STRETCH : keeps(value, limit) ? Verdict.MET : Verdict.MISSED)
                .orElse(Verdict.NOT_MEASURED);
    }

    private boolean keeps(double value, double bound) {
        return isLeast ? value >= bound : value <= bound;
    }

    /// The limit as people write it.
    String goal() {
        return (isLeast ? ">= " : "<= ") + Numbers.text(limit) + " " + unit;
    }
}
