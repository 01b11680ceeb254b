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
import java.util.random.RandomGenerator;

/// Everything the worker asks of the world outside.
///
/// @param model    takes requests
/// @param health   probes the model server; not called where [WorkerPlan#probesHealth()] is false
/// @param platform wraps, signs and refuses
/// @param events   hears what happens
/// @param store    keeps benchmark results
/// @param timers   runs things later
/// @param ticker   monotonic time
/// @param clock    wall-clock time
/// @param callbacks tells others that a session has closed
/// @param process  the model server's process; not called unless the worker starts it itself
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
        ModelProcess process,
        RandomGenerator random,
        RandomGenerator secrets) {
    /// The same, with another listener to what happens.
    WorkerPorts telling(WorkerEvents listener) {
        return new WorkerPorts(
                model, health, platform, listener, store, timers, ticker, clock, callbacks, process, random, secrets);
    }
}
