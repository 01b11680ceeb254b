package dev.dray.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/// How a cost grows with what it depends on: the exponent of the power law that fits best. 0: not at all, 1: linearly,
/// 2: with the square.
///
/// @param exponent slope of the line through the logarithms of both
public record Growth(double exponent) {
    // What noise of measuring makes of a cost that does not grow, or of one that grows linearly.
    private static final double NOISE = 0.15;
    // Points that are the large end.
    private static final int END = 3;

    /// The growth that fits some points best.
    ///
    /// @param sizes each above 0
    /// @param costs each above 0
    public static Growth of(List<Double> sizes, List<Double> costs) {
        return new Growth(Line.through(
                        sizes.stream().map(Math::log).toList(),
                        costs.stream().map(Math::log).toList())
                .slope());
    }

    /// Of the medians of a chart's line, at its large end: what a request costs anyway is little there.
    static Growth atEndOf(SortedMap<Double, Figure> points) {
        List<Double> sizes = List.copyOf(points.keySet());
        List<Double> costs = points.values().stream().map(Figure::median).toList();
        int from = Math.max(0, sizes.size() - END);
        return of(sizes.subList(from, sizes.size()), costs.subList(from, costs.size()));
    }

    public boolean isAtMostLinear() {
        return exponent <= 1 + NOISE;
    }

    public String verdict() {
        String word = exponent <= NOISE
                ? "does not grow"
                : isAtMostLinear() ? "grows, at most linearly" : "grows worse than linearly";
        return String.format(Locale.ROOT, "%s (exponent %.2f)", word, exponent);
    }
}
