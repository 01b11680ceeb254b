package dev.dray.domain.benchmark;

import java.util.Collection;

/// Measured values in order of size: at least one, each finite and more than 0.
public final class Distribution {
    private final double[] sorted;

    private Distribution(double[] sorted) {
        this.sorted = sorted;
    }

    /// Puts values in order.
    ///
    /// @throws IllegalArgumentException if there is none, or one is not finite and more than 0
    public static Distribution of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0 || !(sorted[0] > 0) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    "a distribution needs values that are finite and more than 0, got " + values);
        }
        return new Distribution(sorted);
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double median() {
        return percentile(50);
    }

    /// (Largest − smallest) ÷ median: 0 where all are alike.
    public double spread() {
        return (max() - min()) / median();
    }

    /// The value below which `percent` of the values lie, interpolated between neighbours (type 7 of Hyndman & Fan,
    /// "Sample Quantiles in Statistical Packages", 1996).
    ///
    /// @param percent 0 to 100, both included
    public double percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("a percentile is asked for by 0 to 100, got " + percent);
        }
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) rank;
        double low = sorted[below];
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        // Rounding must not carry the value past its neighbour.
        return Math.min(low + (high - low) * (rank - below), high);
    }
}
