package dev.dray.app.simulate;

import dev.dray.adapter.controlplanevast.HandPostedPlatform;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.model.Outcome;
import java.util.EnumMap;

/// A life in which nothing happens but what a test makes happen.
final class Quiet {
    private Quiet() {}

    static Life life() {
        return new Life(
                new ManualTimers(new ManualTicker()),
                new Chance(1),
                new Trace(null),
                new EnumMap<>(Fault.class),
                new EnumMap<>(Outcome.class));
    }

    static Promises promises() {
        Life life = life();
        return promises(life, Scenario.draw(life, 1));
    }

    static Promises promises(Life life, Scenario scenario) {
        var ticker = life.queue().ticker();
        var line =
                new HandPostedPlatform(History.settings(scenario), new InMemoryOutcomeJournal(ticker), ticker, ticker);
        return new Promises(life, scenario, new Autoscaler(life, line, new Debts(), (_, _) -> {}));
    }
}
