package dev.dray.port.outbound;

/// The listener a request came in by.
public enum Entrance {
    /// Open to the platform's clients.
    CLIENTS,
    /// For the model server's side of the machine.
    INTERNAL
}
