package dev.dray.benchmark.report;

import dev.dray.benchmark.report.Results.Measure;
import java.util.Map;
import java.util.Optional;

/// The figures as tables for a terminal.
public final class TextReport {
    private final Run run;

    public TextReport(Run run) {
        this.run = run;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        figures(text);
        growth(text);
        run.workers().stream().skip(1).forEach(worker -> comparison(text, worker));
        run.workers().forEach(worker -> targets(text, worker));
        run.results().notes().forEach(note -> text.append("\nnote: ").append(note));
        return text.append('\n').toString();
    }

    private void figures(StringBuilder text) {
        text.append("median [least, most] of the rounds; x: against %s, round by round%n".formatted(run.base()));
        String scenario = "";
        for (Map.Entry<Measure, Map<String, Figure>> entry :
                run.results().figures().entrySet()) {
            Measure measure = entry.getKey();
            if (!measure.scenario().equals(scenario)) {
                scenario = measure.scenario();
                header(text.append('\n'), scenario);
            }
            String unit = measure.unit().isEmpty() ? "" : ", " + measure.unit();
            text.append("  %-38s".formatted(measure.name() + unit));
            run.contenders()
                    .forEach(contender -> text.append("%-38s".formatted(cell(run, entry.getValue(), contender))));
            endLine(text);
        }
    }

    private void header(StringBuilder text, String scenario) {
        text.append("%-40s".formatted(scenario));
        run.contenders().forEach(contender -> text.append("%-38s".formatted(contender)));
        endLine(text);
    }

    private static void endLine(StringBuilder text) {
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    static String cell(Run run, Map<String, Figure> figures, String contender) {
        Figure figure = figures.get(contender);
        if (figure == null) {
            return "-";
        }
        Figure base = figures.get(run.base());
        String ratio = base == null || base == figure
                ? ""
                : " " + Numbers.ratio(figure.over(base).median());
        return "%s [%s, %s]%s"
                .formatted(
                        Numbers.text(figure.median()),
                        Numbers.text(figure.least()),
                        Numbers.text(figure.most()),
                        ratio);
    }

    // Judges a change: the first worker is what there was before it.
    private void comparison(StringBuilder text, String worker) {
        String first = run.workers().getFirst();
        text.append("\n%s against %s, round by round: median ratio [least, most]%n".formatted(worker, first));
        run.results().figures().forEach((measure, figures) -> {
            Figure before = figures.get(first);
            Figure after = figures.get(worker);
            if (before != null && after != null) {
                Figure ratio = after.over(before);
                text.append("  %-58s%s [%s, %s]%n"
                        .formatted(
                                measure.scenario() + ": " + measure.name(),
                                Numbers.ratio(ratio.median()),
                                Numbers.text(ratio.least()),
                                Numbers.text(ratio.most())));
            }
        });
    }

    private void growth(StringBuilder text) {
        run.results().charts().forEach((chart, lines) -> {
            if (chart.isGrowth()) {
                lines.forEach((contender, points) -> text.append('\n')
                        .append("%s, %s: %s"
                                .formatted(
                                        chart.title(),
                                        contender,
                                        Growth.atEndOf(points).verdict())));
            }
        });
        text.append('\n');
    }

    private void targets(StringBuilder text, String worker) {
        text.append("\n%-64s%-14s%-14s%n".formatted("targets: " + worker, "target", "figure"));
        int unmeasured = 0;
        for (Target target : new Targets(worker).all()) {
            Optional<Double> figure = target.figure().apply(run.results());
            if (figure.isEmpty()) {
                unmeasured++;
                continue;
            }
            text.append("  %-62s%-14s%-14s%s%n"
                    .formatted(
                            target.what(),
                            target.goal(),
                            Numbers.text(figure.get()) + " " + target.unit(),
                            word(target.verdict(run.results()))));
        }
        if (unmeasured > 0) {
            text.append("  %d targets were not measured in this run%n".formatted(unmeasured));
        }
    }

    static String word(Target.Verdict verdict) {
        return switch (verdict) {
            case STRETCH -> "met, and the stretch";
            case MET -> "met";
            case MISSED -> "MISSED";
            case NOT_MEASURED -> "not measured";
        };
    }
}
