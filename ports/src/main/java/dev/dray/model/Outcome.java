package dev.dray.model;

import java.util.Locale;

/// How a request ended. A request whose signature verified has exactly one.
public enum Outcome {
    /// The model server answered, whatever it said below 500, and the client has the whole answer.
    SERVED,
    /// The model server answered 5xx, failed, or the worker or a plugin did.
    ERRORED,
    /// The client hung up first.
    CANCELLED,
    /// Never admitted: the payload was refused, the session unknown, the queue too long, or the worker was not
    /// ready.
    REJECTED,
    /// Admitted and queued, but waited longer than the route's `queue-time-out`.
    EXPELLED,
    /// The signature did not verify. Only a metric: the platform never hears of it.
    UNVERIFIED,
    /// No envelope could be read from the body. Only a metric: the platform never hears of it.
    INVALID;

    /// The word used in metrics: `served`, `errored`, `cancelled`, `rejected`, `expelled`, `unverified`, `invalid`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the platform is told of a request that ended like this.
    public boolean known() {
        return this != UNVERIFIED && this != INVALID;
    }
}
