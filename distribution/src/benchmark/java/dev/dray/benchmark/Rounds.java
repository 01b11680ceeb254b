package dev.dray.benchmark;

import dev.dray.benchmark.report.Results;
import dev.dray.benchmark.scenario.Effort;
import dev.dray.benchmark.scenario.Round;
import dev.dray.benchmark.scenario.Scenario;
import dev.dray.benchmark.scenario.WarmUp;
import dev.dray.benchmark.stand.Contender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Lets the contenders take turns, another one first in each round: a machine that grows slower is slow for all.
final class Rounds {
    private final Stand stand;
    private final Effort effort;
    private final Results results;

    Rounds(Stand stand, Effort effort, Results results) {
        this.stand = stand;
        this.effort = effort;
        this.results = results;
    }

    void warmUp() throws IOException {
        for (Contender contender : stand.contenders()) {
            WarmUp.run(round(0, contender));
        }
    }

    /// One that breaks off leaves a note: it must not take the figures of an hour with it.
    ///
    /// @return whether it was measured to its end
    boolean run(Scenario scenario) {
        try {
            measure(scenario);
            return true;
        } catch (IOException | RuntimeException failure) {
            String sentence = "%s broke off: %s".formatted(scenario.name(), failure);
            System.err.println("benchmark: " + sentence);
            results.note(sentence);
            return false;
        }
    }

    private void measure(Scenario scenario) throws IOException {
        for (int number = 0; number < scenario.rounds(effort); number++) {
            List<Contender> order = new ArrayList<>(
                    stand.contenders().stream().filter(scenario::takes).toList());
            Collections.rotate(order, -number);
            for (Contender contender : order) {
                scenario.run(round(number, contender));
            }
        }
    }

    private Round round(int number, Contender contender) {
        return new Round(number, effort, contender, stand.asking(), stand.model(), results);
    }
}
