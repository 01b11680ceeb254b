package dev.dray.app.bench;

import dev.dray.domain.benchmark.Advice;
import dev.dray.domain.benchmark.Saturation;
import dev.dray.domain.benchmark.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Settings that follow from a sweep, as a piece of `worker.yaml`, and why.
///
/// @param yaml    lines; a file of its own, or to be laid into one
/// @param because a sentence for each setting
public record Recommendation(List<String> yaml, List<String> because) {
    public Recommendation {
        yaml = List.copyOf(yaml);
        because = List.copyOf(because);
    }

    /// What to set; empty where too little was measured.
    public static Optional<Recommendation> of(BenchReport report) {
        Optional<Advice> advice = report.result().advice();
        Optional<Saturation> saturation = report.result().saturation();
        if (advice.isEmpty() || saturation.isEmpty()) {
            return Optional.empty();
        }
        Stage knee = report.stages().stream()
                .filter(stage -> stage.concurrency() == saturation.get().knee())
                .findFirst()
                .orElseThrow();
        return Optional.of(of(report.subject(), advice.get(), saturation.get(), knee));
    }

    private static Recommendation of(BenchReport.Subject subject, Advice advice, Saturation saturation, Stage knee) {
        var yaml = new ArrayList<String>();
        var because = new ArrayList<String>();
        boolean parallel = advice.concurrency() > 1 || (!saturation.saturated() && subject.parallel());
        yaml.add("backend: " + Figures.yaml(subject.backend()));
        yaml.add("handlers:");
        yaml.add("  - route: " + Figures.yaml(subject.route()));
        if (parallel != subject.parallel()) {
            yaml.add("    allow-parallel-requests: " + parallel);
            because.add(
                    parallel
                            ? "allow-parallel-requests: one request at a time leaves the model server with time to spare."
                            : "allow-parallel-requests: two at once bring no more than one; then the queue belongs in the"
                                    + " worker, which can shed from it.");
        }
        yaml.add("    max-queue-time: " + Figures.setting(advice.maxQueueTime()));
        if (parallel) {
            yaml.add("    benchmark: {concurrency: %d}".formatted(advice.concurrency()));
            because.add("benchmark.concurrency: %s; so the worker reports what the model server really carries."
                    .formatted(concurrency(saturation, knee)));
        }
        because.add(
                ("max-queue-time: with %d at once the model server answers %s requests/s, so what it holds is worked"
                                + " off in %d ÷ %s = %s (Little's law); whoever is admitted is answered within about twice that.")
                        .formatted(
                                advice.concurrency(),
                                Figures.number(knee.throughput().answersPerSecond()),
                                advice.concurrency(),
                                Figures.number(knee.throughput().answersPerSecond()),
                                Figures.time(
                                        advice.concurrency() / knee.throughput().answersPerSecond() * 1e9)));
        advice.connections().ifPresent(most -> {
            yaml.add("limits: {model-connections: %d}".formatted(most));
            because.add("model-connections: %s.".formatted(limit(saturation, most)));
        });
        return new Recommendation(yaml, because);
    }

    private static String concurrency(Saturation saturation, Stage knee) {
        String share = "%s of %s units/s"
                .formatted(
                        Figures.number(knee.throughput().unitsPerSecond()),
                        Figures.number(saturation.unitsPerSecond()));
        return saturation.saturated()
                ? "%d at once are the fewest that reach 95 %% of the best throughput (%s)"
                        .formatted(saturation.knee(), share)
                : "%d at once are the fewest that reach 95 %% of the best throughput measured (%s), which may still grow"
                        .formatted(saturation.knee(), share);
    }

    private static String limit(Saturation saturation, int most) {
        return saturation.breaksAt().isPresent()
                ? "at %d at once too many requests failed or took too long; %d is where it carries most"
                        .formatted(saturation.breaksAt().getAsInt(), most)
                : "it carries far less with more than %d at once; the rest wait in the worker".formatted(most);
    }
}
