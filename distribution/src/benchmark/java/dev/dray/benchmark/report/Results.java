package dev.dray.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All figures of one run, in the order they came, and what went wrong.
public final class Results {
    private final Map<Measure, Map<String, Figure>> figures = new LinkedHashMap<>();
    private final Map<Chart, Map<String, SortedMap<Double, Figure>>> charts = new LinkedHashMap<>();
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

    /// Takes a point of a chart, of one round.
    public void point(Chart chart, String line, double x, double y) {
        charts.computeIfAbsent(chart, key -> new LinkedHashMap<>())
                .computeIfAbsent(line, key -> new TreeMap<>())
                .computeIfAbsent(x, key -> new Figure())
                .add(y);
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

    /// Lines by their names, points by their x.
    public Map<Chart, Map<String, SortedMap<Double, Figure>>> charts() {
        return charts;
    }

    public List<String> notes() {
        return notes;
    }

    /// A figure, if it was measured.
    public Optional<Figure> figure(String scenario, String name, String contender) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().scenario().equals(scenario)
                        && entry.getKey().name().equals(name))
                .flatMap(entry -> Optional.ofNullable(entry.getValue().get(contender)).stream())
                .findFirst();
    }
}
