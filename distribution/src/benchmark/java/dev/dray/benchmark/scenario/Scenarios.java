package dev.dray.benchmark.scenario;

import java.util.List;

/// Everything there is to measure, in the order of a whole run.
public final class Scenarios {
    /// No scenario opens more streams at once.
    public static final int MOST_STREAMS = 10_000;

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                new RequestsScenario(1, false),
                new RequestsScenario(8, false),
                new RequestsScenario(64, false),
                new RequestsScenario(256, false),
                new RequestsScenario(64, true),
                new RateScenario(2000),
                new StreamsScenario(100, 50),
                new StreamsScenario(500, 50),
                new StreamsScenario(1000, 50),
                new StreamsScenario(100, 0),
                new BodyScenario(10),
                new BodyScenario(64),
                new ClientGoneScenario(),
                new StalledReaderScenario(),
                new StartScenario(),
                new GrowthScenario("queue", "clients of a serial route", List.of(2, 16, 128, 1024, 4096), Costs::queue),
                new GrowthScenario("sessions", "open sessions", List.of(1, 10, 100, 1000), Costs::sessions),
                new GrowthScenario("streams", "open streams", List.of(1, 10, 100, 1000, 5000), Costs::streams),
                new GrowthScenario(
                        "body", "bytes of the body", List.of(KIB, 16 * KIB, 256 * KIB, 4 * MIB, 64 * MIB), Costs::body),
                new IdleStreamsScenario(MOST_STREAMS),
                new SoakScenario());
    }
}
