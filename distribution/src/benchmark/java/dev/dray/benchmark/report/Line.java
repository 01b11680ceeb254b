package dev.dray.benchmark.report;

import java.util.List;

/// A straight line that fits some points best, by least squares.
///
/// @param slope growth of y by x
/// @param start y where x is 0
public record Line(double slope, double start) {
    public static Line through(List<Double> x, List<Double> y) {
        int count = x.size();
        if (count < 2 || count != y.size()) {
            throw new IllegalArgumentException(
                    "a line needs two points at least and a y for each x, found %d and %d".formatted(count, y.size()));
        }
        double meanX = x.stream().mapToDouble(Double::doubleValue).sum() / count;
        double meanY = y.stream().mapToDouble(Double::doubleValue).sum() / count;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            products += (x.get(i) - meanX) * (y.get(i) - meanY);
            squares += (x.get(i) - meanX) * (x.get(i) - meanX);
        }
        double slope = products / squares;
        return new Line(slope, meanY - slope * meanX);
    }
}
