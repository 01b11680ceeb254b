package dev.dray.benchmark.scenario;

import dev.dray.benchmark.stand.Contender;
import java.io.IOException;

/// One thing to measure.
public interface Scenario {
    /// As it is chosen and reported.
    String name();

    /// What it does, in a line.
    String about();

    /// Measures one contender once.
    void run(Round round) throws IOException;

    /// Who takes part.
    default boolean takes(Contender contender) {
        return true;
    }

    /// Whether it asks the processes that run already, which then should have been busy before.
    default boolean asksTheRunning() {
        return true;
    }

    default int rounds(Effort effort) {
        return effort.rounds();
    }
}
