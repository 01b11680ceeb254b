package dev.dray.benchmark.report;

import java.util.List;

/// One chart: lines over a common x axis.
///
/// @param logarithmic whether x doubles from tick to tick
/// @param verdict     what it shows, in a sentence; may be empty
public record Plot(
        String title,
        String xLabel,
        String yLabel,
        boolean logarithmic,
        List<Double> x,
        List<Line> lines,
        String verdict) {
    /// One line of the chart.
    ///
    /// @param y one value for each x
    public record Line(String name, List<Double> y) {}
}
