package dev.dray.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/// One figure of one contender, round by round.
public final class Figure {
    private final List<Double> rounds = new ArrayList<>();

    void add(double value) {
        rounds.add(value);
    }

    public List<Double> rounds() {
        return List.copyOf(rounds);
    }

    public double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double most() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
