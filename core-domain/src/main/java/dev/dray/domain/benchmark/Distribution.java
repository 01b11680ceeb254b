package dev.dray.domain.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
        return ofSorted(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /// Takes values that are in order, and keeps the array.
    static Distribution ofSorted(double[] sorted) {
        if (sorted.length == 0 || !(sorted[0] > 0) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    "a distribution needs values that are finite and more than 0, got %d from %s to %s"
                            .formatted(
                                    sorted.length,
                                    sorted.length == 0 ? "none" : sorted[0],
                                    sorted.length == 0 ? "none" : sorted[sorted.length - 1]));
        }
        return new Distribution(sorted);
    }

    /// How many values there are.
    public int size() {
        return sorted.length;
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

    /// How often values lie where: ranges side by side from the smallest value to the largest, each as many times wider
    /// than the one before it as that is wide. One range where all values are alike.
    ///
    /// @param most ranges; 1 or more
    public List<Bin> bins(int most) {
        if (min() == max()) {
            return List.of(new Bin(min(), max(), sorted.length));
        }
        var bins = new ArrayList<Bin>();
        double factor = Math.pow(max() / min(), 1.0 / most);
        double from = min();
        int next = 0;
        for (int i = 1; i <= most; i++) {
            double to = i == most ? max() : min() * Math.pow(factor, i);
            int first = next;
            while (next < sorted.length && (sorted[next] < to || i == most)) {
                next++;
            }
            bins.add(new Bin(from, to, next - first));
            from = to;
        }
        return bins;
    }

    /// One range of values.
    ///
    /// @param from  smallest value that belongs to it
    /// @param to    end; belongs to the next range, if there is one
    /// @param count values within
    public record Bin(double from, double to, int count) {}
}
