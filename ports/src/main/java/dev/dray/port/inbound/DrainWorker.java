package dev.dray.port.inbound;

/// Ends the worker's service in order.
public interface DrainWorker {
    /// Stops admitting (503), ends a running benchmark and health probing, lets running and queued
    /// requests finish. After the last of them ends what the worker itself keeps up: the model server's
    /// process, or the plugin's life cycle.
    ///
    /// @param whenIdle called once, on any thread, when all that has ended; at once where there is
    ///     nothing to wait for
    void drain(Runnable whenIdle);

    /// Gives up on what still runs: running requests are aborted and end as errored, queued ones as
    /// rejected.
    void abandon();
}
