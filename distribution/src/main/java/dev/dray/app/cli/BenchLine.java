package dev.dray.app.cli;

import dev.dray.domain.benchmark.SweepProgress;

/// How a benchmark on demand goes, in one line.
final class BenchLine {
    private BenchLine() {}

    static String of(SweepProgress progress, int maxConcurrency) {
        return switch (progress) {
            case SweepProgress.Capacity capacity ->
                "capacity %s round %d of at most %d%s"
                        .formatted(
                                ProgressLine.bar((double) capacity.round() / Math.max(1, capacity.maxRounds())),
                                capacity.round() + 1,
                                capacity.maxRounds(),
                                capacity.unitsPerSecond().isPresent()
                                        ? ", %.1f units/s"
                                                .formatted(capacity.unitsPerSecond()
                                                        .getAsDouble())
                                        : "");
            case SweepProgress.Staging staging ->
                "stage %d %s %d of at most %d at once, %.1f units/s, %d answers%s"
                        .formatted(
                                staging.before() + 1,
                                ProgressLine.bar(staging.share()),
                                staging.concurrency(),
                                maxConcurrency,
                                staging.unitsPerSecond(),
                                staging.good(),
                                staging.bad() > 0 ? ", " + staging.bad() + " failed" : "");
            case SweepProgress.Trying _ -> "one request alone …";
        };
    }
}
