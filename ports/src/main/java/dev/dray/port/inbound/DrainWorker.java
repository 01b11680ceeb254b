package dev.dray.port.inbound;

/// Ends the worker's service in order.
public interface DrainWorker {
    /// Stops admitting (503), ends a running benchmark and health probing, lets running and queued requests finish.
    ///
    /// @param whenIdle called once, on any thread, when the last request has ended; at once where there is none
    void drain(Runnable whenIdle);

    /// Gives up on what still runs: running requests are aborted and end as errored, queued ones as rejected.
    void abandon();
}
