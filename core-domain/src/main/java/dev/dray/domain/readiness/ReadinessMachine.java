package dev.dray.domain.readiness;

import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import java.time.Instant;

/// The readiness state and its reason, moved along legal edges only.
public final class ReadinessMachine {
    private Readiness now;

    /// In STARTING since a given time.
    ///
    /// @param reason what it waits for; empty where it waits for nothing
    public ReadinessMachine(Instant since, String reason) {
        this.now = new Readiness(ReadinessState.STARTING, since, reason);
    }

    public Readiness now() {
        return now;
    }

    /// Moves to a state, or changes the reason of the state it is in.
    ///
    /// @return where it stands then: the same object as before where neither state nor reason is another
    /// @throws IllegalStateException    if no edge leads there
    /// @throws IllegalArgumentException if a fault has no reason
    public Readiness move(ReadinessState to, String reason, Instant at) {
        if (to == now.state() && reason.equals(now.reason())) {
            return now;
        }
        if (to != now.state() && !ReadinessStep.leads(now.state(), to)) {
            throw new IllegalStateException("no readiness edge leads from %s to %s; ReadinessStep lists those there are"
                    .formatted(now.state(), to));
        }
        var next = new Readiness(to, at, reason);
        if (next.isFaulty() && reason.isBlank()) {
            throw new IllegalArgumentException("%s needs a reason, got '%s'".formatted(to, reason));
        }
        now = next;
        return next;
    }
}
