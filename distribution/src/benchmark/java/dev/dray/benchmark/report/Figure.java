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

    /// Not a number where there is no round.
    public double median() {
        if (rounds.isEmpty()) {
            return Double.NaN;
        }
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

    /// How many times another figure this one is, each round compared with the same round of the other: a machine that
    /// was slow for both in one round is not seen in it.
    public Figure over(Figure other) {
        return compared(other, (mine, its) -> mine / its);
    }

    /// By how much this one is above another, round by round like [#over].
    public Figure above(Figure other) {
        return compared(other, (mine, its) -> mine - its);
    }

    private Figure compared(Figure other, Comparison comparison) {
        var compared = new Figure();
        for (int round = 0; round < Math.min(rounds.size(), other.rounds.size()); round++) {
            compared.add(comparison.of(rounds.get(round), other.rounds.get(round)));
        }
        return compared;
    }

    private interface Comparison {
        double of(double mine, double its);
    }
}
