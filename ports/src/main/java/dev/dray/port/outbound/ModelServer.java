package dev.dray.port.outbound;

import dev.dray.port.exchange.Exchange;

/// The model server beside the worker.
public interface ModelServer {
    /// Sends a request and relays the answer to the call's sink, telling the exchange what happens. A real
    /// implementation keeps the calling thread until the answer is relayed; a simulated one may return at once.
    /// Never throws: a fault of the implementation's own is told as a failure.
    void start(ModelCall call, Exchange exchange);

    /// The same on a thread of the implementation's own; returns at once. For the benchmark, which owns no thread.
    void launch(ModelCall call, Exchange exchange);
}
