package dev.dray.adapter.modelclient;

/// Whether new connections to the model server are tried.
public enum BreakerState {
    /// All is well.
    CLOSED,
    /// Too many were refused: none is tried for a second. Stays until the next request asks.
    OPEN,
    /// One is tried, and decides.
    HALF_OPEN
}
