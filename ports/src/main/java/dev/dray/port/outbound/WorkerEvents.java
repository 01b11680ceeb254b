package dev.dray.port.outbound;

/// Hears what happens in the worker: control plane, telemetry and terminal listen here.
///
/// Called outside the worker's lock, on whatever thread caused the event, in an order that respects causes per
/// request and per readiness change. Implementations return at once and never throw.
@FunctionalInterface
public interface WorkerEvents {
    void accept(WorkerEvent event);
}
