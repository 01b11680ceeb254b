package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.Outcome;
import java.util.Arrays;

/// Requests that ended, by outcome. Immutable.
final class Counts {
    static final Counts NONE = new Counts(new long[Outcome.values().length]);

    private final long[] byOutcome;

    /// @param byOutcome in the order of [Outcome]; not written to any more
    Counts(long[] byOutcome) {
        this.byOutcome = byOutcome;
    }

    long of(Outcome outcome) {
        return byOutcome[outcome.ordinal()];
    }

    /// What has been added since.
    Counts minus(Counts earlier) {
        long[] difference = byOutcome.clone();
        Arrays.setAll(difference, place -> byOutcome[place] - earlier.byOutcome[place]);
        return new Counts(difference);
    }

    void write(ObjectNode node) {
        for (Outcome outcome : Outcome.values()) {
            node.put(outcome.word(), of(outcome));
        }
    }
}
