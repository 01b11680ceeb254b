package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.Tally;

/// The percentiles that are reported of every load of whole answers.
final class Times {
    private Times() {}

    static void report(Round round, String scenario, Tally tally) {
        round.add(scenario, "p50", "ms", tally.milliseconds(50));
        round.add(scenario, "p90", "ms", tally.milliseconds(90));
        round.add(scenario, "p99", "ms", tally.milliseconds(99));
        round.add(scenario, "p99.9", "ms", tally.milliseconds(99.9));
    }
}
