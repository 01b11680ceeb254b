package dev.dray.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All figures of one run, in the order they came, and what went wrong.
public final class Results {
    private final Map<Measure, Map<String, Figure>> figures = new LinkedHashMap<>();
    private final List<Plot> plots = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// What is measured.
    ///
    /// @param scenario name of the scenario
    /// @param unit     empty for a plain count
    public record Measure(String scenario, String name, String unit) {}

    /// Takes the figure of one round.
    public void add(Measure measure, String contender, double value) {
        figures.computeIfAbsent(measure, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new Figure())
                .add(value);
    }

    public void plot(Plot plot) {
        plots.add(plot);
    }

    /// Takes a sentence that belongs to the figures.
    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    public Map<Measure, Map<String, Figure>> figures() {
        return figures;
    }

    public List<Plot> plots() {
        return plots;
    }

    public List<String> notes() {
        return notes;
    }

    /// The median of a contender, if it was measured.
    public Optional<Double> median(String scenario, String name, String contender) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().scenario().equals(scenario)
                        && entry.getKey().name().equals(name))
                .flatMap(entry -> Optional.ofNullable(entry.getValue().get(contender)).stream())
                .map(Figure::median)
                .findFirst();
    }
}
