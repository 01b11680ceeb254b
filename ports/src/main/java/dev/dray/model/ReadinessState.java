package dev.dray.model;

/// Where the worker stands on the way to serving requests.
public enum ReadinessState {
    /// The worker runs; nothing was heard of the model server yet.
    STARTING,
    /// The model server writes its log; the load marker has not been seen.
    LOADING,
    /// The model is loaded; its throughput is being measured.
    BENCHMARKING,
    /// Measured; waiting for the first good health probe.
    VERIFYING,
    /// Requests are served.
    READY,
    /// Was ready, but the model server's health probe fails. Comes back by itself.
    UNHEALTHY,
    /// Broken, with a reason. Left by a new run of the model server or a new load marker.
    FAILED,
    /// No new requests; what is running or queued is finished.
    DRAINING,
    /// Nothing runs any more. Final.
    STOPPED
}
