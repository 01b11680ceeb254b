package dev.dray.benchmark.report;

import dev.dray.benchmark.report.Results.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The figures as a table for a terminal: a line for each measure and contender, with the ratio to the first
/// contender that stands between (or else to the model server itself).
public final class TextReport {
    private final List<String> contenders;

    /// @param contenders in the order of the run
    public TextReport(List<String> contenders) {
        this.contenders = contenders;
    }

    public String of(Results results) {
        var text = new StringBuilder();
        String scenario = "";
        for (Map.Entry<Measure, Map<String, Figure>> entry : results.figures().entrySet()) {
            Measure measure = entry.getKey();
            if (!measure.scenario().equals(scenario)) {
                scenario = measure.scenario();
                text.append('\n').append(scenario).append('\n');
            }
            text.append(row(measure, entry.getValue()));
        }
        return text.toString();
    }

    private String row(Measure measure, Map<String, Figure> figures) {
        var row = new StringBuilder(
                "  %-34s".formatted(measure.name() + (measure.unit().isEmpty() ? "" : ", " + measure.unit())));
        var cells = new ArrayList<String>();
        Figure base = base(figures);
        for (String contender : contenders) {
            Figure figure = figures.get(contender);
            if (figure == null) {
                continue;
            }
            String ratio = base == null || base == figure ? "" : " x%.2f".formatted(figure.median() / base.median());
            cells.add("%s %s [%s-%s]%s"
                    .formatted(
                            contender, number(figure.median()), number(figure.least()), number(figure.most()), ratio));
        }
        return row.append(String.join("   ", cells)).append('\n').toString();
    }

    private static Figure base(Map<String, Figure> figures) {
        return figures.getOrDefault("nginx", figures.get("direct"));
    }

    /// Four digits that mean something.
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
