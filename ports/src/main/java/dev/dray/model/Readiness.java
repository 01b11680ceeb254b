package dev.dray.model;

import java.time.Instant;
import java.util.Objects;

/// The readiness state, since when, and why.
///
/// @param state  where the worker stands
/// @param since  wall-clock time of the last change of state or reason
/// @param reason why, for a person: names the marker, probe or fault; empty where the state says it all
public record Readiness(ReadinessState state, Instant since, String reason) {
    public Readiness {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(reason, "reason");
    }

    /// Whether the worker is broken or unhealthy, so that [#reason()] is an error text for the platform.
    public boolean isFaulty() {
        return state == ReadinessState.FAILED || state == ReadinessState.UNHEALTHY;
    }
}
