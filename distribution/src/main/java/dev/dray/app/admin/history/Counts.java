package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Requests that ended, by outcome.
///
/// @param byOutcome without those that never happened
record Counts(Map<Outcome, Long> byOutcome) {
    static final Counts NONE = new Counts(Map.of());

    Counts {
        byOutcome = Map.copyOf(byOutcome);
    }

    /// As many as the adders hold now.
    static Counts of(Map<Outcome, LongAdder> adders) {
        var counts = new EnumMap<Outcome, Long>(Outcome.class);
        adders.forEach((outcome, adder) -> counts.put(outcome, adder.sum()));
        return new Counts(counts);
    }

    long of(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    /// What has been added since.
    Counts minus(Counts earlier) {
        var difference = new EnumMap<Outcome, Long>(Outcome.class);
        byOutcome.forEach((outcome, count) -> difference.put(outcome, count - earlier.of(outcome)));
        return new Counts(difference);
    }

    void write(ObjectNode node) {
        for (Outcome outcome : Outcome.values()) {
            node.put(outcome.word(), of(outcome));
        }
    }
}
