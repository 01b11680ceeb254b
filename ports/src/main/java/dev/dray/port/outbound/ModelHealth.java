package dev.dray.port.outbound;

import java.util.function.Consumer;

/// Asks the model server whether it is well, on a connection of its own.
public interface ModelHealth {
    /// Probes once and tells the result on a thread of the implementation's own. Returns at once.
    void probe(Consumer<Probe> done);

    /// Result of one probe.
    sealed interface Probe {
        /// The model server answered exactly 200.
        record Good() implements Probe {}

        /// It did not.
        ///
        /// @param reason for a person: status, or what went wrong; never empty
        record Bad(String reason) implements Probe {}
    }
}
