package dev.dray.domain.worker;

import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.ModelHealth;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvents;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// Everything the worker asks of the world outside.
///
/// @param model    takes requests
/// @param health   probes model servers; not called where [WorkerPlan.ServerPlan#probesHealth()] is false
/// @param platform wraps, signs and refuses
/// @param events   hears what happens
/// @param store    keeps benchmark results
/// @param timers   runs things later
/// @param ticker   monotonic time
/// @param clock    wall-clock time
/// @param callbacks tells others that a session has closed
/// @param processes the model servers' processes, in the plan's order; not called where the worker does
///     not start them itself
/// @param random   chance for benchmark payloads
/// @param secrets  chance that cannot be guessed, for session ids
public record WorkerPorts(
        ModelServer model,
        ModelHealth health,
        PlatformProtocol platform,
        WorkerEvents events,
        BenchmarkStore store,
        Timers timers,
        Ticker ticker,
        InstantSource clock,
        CallbackSender callbacks,
        List<ModelProcess> processes,
        RandomGenerator random,
        RandomGenerator secrets) {
    /// The same, with another listener to what happens.
    WorkerPorts telling(WorkerEvents listener) {
        return new WorkerPorts(
                model, health, platform, listener, store, timers, ticker, clock, callbacks, processes, random, secrets);
    }
}
