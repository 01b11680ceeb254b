package dev.dray.app.bench;

import dev.dray.domain.benchmark.Distribution;
import dev.dray.domain.benchmark.Saturation;
import dev.dray.domain.benchmark.Stage;
import dev.dray.domain.benchmark.SweepResult;
import dev.dray.model.BenchmarkResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A report for a person at a terminal.
public final class BenchTable {
    /// Percentiles that are told, and the largest.
    static final Map<String, Double> PERCENTILES =
            new TreeMap<>(Map.of("p50", 50.0, "p90", 90.0, "p95", 95.0, "p99", 99.0));

    private BenchTable() {}

    /// Its lines.
    public static List<String> lines(BenchReport report) {
        var lines = new ArrayList<String>();
        BenchReport.Subject subject = report.subject();
        lines.add("model server  %s, backend %s, route %s%s"
                .formatted(
                        subject.url(),
                        subject.backend(),
                        subject.route(),
                        report.result().streamed() ? ", answers streamed" : ""));
        report.result().capacity().ifPresent(capacity -> lines.add(capacity(capacity, subject)));
        if (!report.stages().isEmpty()) {
            lines.add("");
            lines.addAll(throughput(report));
            boolean streamed = report.result().streamed();
            lines.addAll(times(
                    streamed ? "time to first token" : "time to first byte",
                    report,
                    stage -> stage.times().first()));
            lines.addAll(times("between tokens", report, stage -> stage.times().between()));
            lines.addAll(times("end to end", report, stage -> stage.times().endToEnd()));
        }
        ending(report.result()).ifPresent(line -> {
            lines.add("");
            lines.add(line);
        });
        Recommendation.of(report).ifPresent(advice -> {
            lines.add("");
            lines.add("worker.yaml, as it follows from this:");
            lines.add("");
            advice.yaml().forEach(line -> lines.add("  " + line));
            lines.add("");
            advice.because().forEach(line -> lines.add("- " + line));
        });
        return lines;
    }

    private static String capacity(BenchmarkResult capacity, BenchReport.Subject subject) {
        return "capacity      %s units/s as a worker would report it: %s of %d at once, spread %s"
                .formatted(
                        Figures.number(capacity.unitsPerSecond()),
                        Figures.count(capacity.roundsPerSecond().size(), "round"),
                        subject.burst(),
                        Figures.percent(capacity.spread()));
    }

    private static List<String> throughput(BenchReport report) {
        var lines = new ArrayList<String>();
        lines.add(line("at once", "units/s", "spread", "rounds", "tokens/s", "answers", "failed"));
        for (Stage stage : report.stages()) {
            Stage.Throughput throughput = stage.throughput();
            lines.add(line(
                            Integer.toString(stage.concurrency()),
                            throughput.rounds().isEmpty() ? "-" : Figures.number(throughput.unitsPerSecond()),
                            throughput.rounds().isEmpty() ? "-" : Figures.percent(throughput.spread()),
                            Integer.toString(throughput.rounds().size()),
                            throughput.tokensPerSecond().isEmpty()
                                    ? "-"
                                    : Figures.number(
                                            throughput.tokensPerSecond().getAsDouble()),
                            Integer.toString(stage.answers().good()),
                            Integer.toString(stage.answers().bad()))
                    + remark(stage, report.result().saturation()));
        }
        return lines;
    }

    private static String remark(Stage stage, Optional<Saturation> saturation) {
        var words = new ArrayList<String>();
        saturation.ifPresent(found -> {
            if (stage.concurrency() == found.knee()) {
                words.add("knee");
            }
            if (stage.concurrency() == found.peak()) {
                words.add("peak");
            }
        });
        switch (stage.end()) {
            case STABLE -> {
                // As it should be.
            }
            case UNSTABLE -> words.add("not stable");
            case BROKEN -> words.add("broken off");
            case CUT -> words.add("cut short");
        }
        if (stage.answers().bad() > 0) {
            words.add(stage.answers().failed().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(failed -> failed.getValue() + " × " + failed.getKey())
                    .collect(Collectors.joining(", ")));
        }
        return words.isEmpty() ? "" : "   " + String.join(", ", words);
    }

    private static List<String> times(String name, BenchReport report, Function<Stage, Optional<Distribution>> which) {
        var lines = new ArrayList<String>();
        for (Stage stage : report.stages()) {
            which.apply(stage).ifPresent(times -> {
                var cells = new ArrayList<String>();
                PERCENTILES.values().forEach(percent -> cells.add(Figures.time(times.percentile(percent))));
                cells.add(Figures.time(times.max()));
                lines.add(line(Integer.toString(stage.concurrency()), cells.toArray(String[]::new)));
            });
        }
        if (!lines.isEmpty()) {
            var heads = new ArrayList<>(PERCENTILES.keySet());
            heads.add("max");
            lines.addFirst(line("at once", heads.toArray(String[]::new)) + "   " + name);
            lines.addFirst("");
        }
        return lines;
    }

    private static String line(String first, String... cells) {
        var line = new StringBuilder("%8s".formatted(first));
        for (String cell : cells) {
            line.append("%11s".formatted(cell));
        }
        return line.toString();
    }

    /// One sentence on where the model server saturates, and why the search ended; empty where nothing can be said.
    static Optional<String> ending(SweepResult result) {
        String cut = switch (result.ending()) {
            case COMPLETE -> "";
            case OUT_OF_BUDGET -> "the budget is used; ";
            case STOPPED -> "stopped; ";
            case FAILED -> "failed; ";
        };
        return result.saturation().map(found -> cut + sentence(found));
    }

    private static String sentence(Saturation found) {
        if (!found.saturated()) {
            return "throughput still grew at %d at once, to %s units/s: not saturated as far as was measured"
                    .formatted(found.peak(), Figures.number(found.unitsPerSecond()));
        }
        return "saturated: %d at once %s enough for 95 %% of the best throughput, %s units/s at %d at once"
                .formatted(
                        found.knee(),
                        found.knee() == 1 ? "is" : "are",
                        Figures.number(found.unitsPerSecond()),
                        found.peak());
    }
}
