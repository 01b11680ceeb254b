package dev.dray.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/// One figure of one contender, round by round.
public final class Figure {
    private final List<Double> rounds = new ArrayList<>();

    public static Figure of(List<Double> rounds) {
        var figure = new Figure();
        rounds.forEach(figure::add);
        return figure;
    }

    void add(double value) {
        rounds.add(value);
    }

    public List<Double> rounds() {
        return List.copyOf(rounds);
    }

    public double median() {
        return median(rounds);
    }

    public double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double most() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /// How many times another figure this one is: the median over the rounds, each compared with the same round of the
    /// other, so that a machine that was slow for both in one round is not seen in it.
    public double ratioTo(Figure other) {
        return pairwise(other, (mine, its) -> mine / its);
    }

    /// By how much this one is above another, compared like [#ratioTo].
    public double differenceTo(Figure other) {
        return pairwise(other, (mine, its) -> mine - its);
    }

    private double pairwise(Figure other, Comparison comparison) {
        int pairs = Math.min(rounds.size(), other.rounds.size());
        var compared = new ArrayList<Double>();
        for (int round = 0; round < pairs; round++) {
            compared.add(comparison.of(rounds.get(round), other.rounds.get(round)));
        }
        return median(compared);
    }

    private interface Comparison {
        double of(double mine, double its);
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
