package dev.dray.benchmark.scenario;

import java.util.List;

/// Everything there is to measure, in the order of a whole run.
public final class Scenarios {
    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                new RequestsScenario(1, false),
                new RequestsScenario(8, false),
                new RequestsScenario(64, false),
                new RequestsScenario(256, false),
                new RequestsScenario(64, true),
                new StreamsScenario(100, 50),
                new StreamsScenario(500, 50),
                new StreamsScenario(1000, 50),
                new StreamsScenario(100, 0));
    }
}
