package dev.dray.port.exchange;

import dev.dray.model.RequestId;

/// What the worker hands out for a request that arrived; the HTTP server gives it back to carry on or to cancel.
public interface Ticket {
    RequestId id();
}
