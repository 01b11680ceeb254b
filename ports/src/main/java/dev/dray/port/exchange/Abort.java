package dev.dray.port.exchange;

/// Ends the model server's work on one request by closing the connection to it.
@FunctionalInterface
public interface Abort {
    /// Closes the connection, also while it is still being opened. Any thread, returns at once, may be called again.
    void abort();
}
