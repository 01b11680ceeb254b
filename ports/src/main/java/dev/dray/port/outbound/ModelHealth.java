package dev.dray.port.outbound;

import java.time.Duration;
import java.util.function.Consumer;

/// Asks model servers whether they are well, on connections of its own.
public interface ModelHealth {
    /// Probes a model server's health once and tells the result on a thread of the implementation's
    /// own. Returns at
    /// once. Exactly 200 is good.
    ///
    /// @param server its place in the worker's plan, from 0
    void probe(int server, Consumer<Probe> done);

    /// Asks any URL once by `GET` and tells the result as [#probe(int, Consumer)] does; any 2xx is good.
    ///
    /// @param url absolute `http` URL
    void ask(String url, Duration timeOut, Consumer<Probe> done);

    /// Result of one probe.
    sealed interface Probe {
        /// It answered as it should.
        record Good() implements Probe {}

        /// It did not.
        ///
        /// @param reason for a person: status, or what went wrong; never empty
        record Bad(String reason) implements Probe {}
    }
}
