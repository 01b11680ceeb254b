package dev.dray.domain.worker;

import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.port.inbound.ObserveModelLog;

/// What the worker itself does to have a model server: starts its process, enters the plugin's life
/// cycle, or nothing where somebody else takes care of it.
///
/// Called by decisions of the readiness side, so guarded by its lock; calls to the outside are left to
/// its effects.
interface ModelKeeper {
    /// Brings the model server up. Called once, and not after [#drain()].
    void begin();

    /// The worker is READY.
    void ready();

    /// The service ends: requests still run, but nothing is brought up any more, and what ends is no
    /// failure.
    void drain();

    /// The last request has ended: takes down what was brought up. May be called again.
    ///
    /// @param done performed as an effect when nothing is left
    void end(Runnable done);

    /// What a keeper tells the readiness side, under the lock.
    interface Listener {
        /// What fails from now on is about another run of the model server.
        void starting();

        /// The model server is loaded, and no log will say so.
        void loaded();

        /// The model server is gone.
        ///
        /// @param reason for a person; never empty
        void failed(String reason);

        /// It is gone and stays gone: what was said before matters less.
        ///
        /// @param reason for a person; never empty
        void gaveUp(String reason);
    }

    /// The one that a plan asks for.
    ///
    /// @param place of the model server in the worker's plan
    static ModelKeeper of(int place, WorkerPlan.ServerPlan server, ServerDesk.House house, Told told) {
        WorkerPorts ports = house.ports();
        OrderedEffects effects = house.effects();
        return switch (server.loadSignal()) {
            case LoadSignal.Log(), LoadSignal.Health() -> new Nothing(effects);
            case LoadSignal.OwnProcess() -> new ProcessKeeper(ports.processes().get(place), ports, effects, told);
            case LoadSignal.Enters(var lifecycle) ->
                new LifecycleKeeper(lifecycle, ports.timers(), effects, told.listener());
        };
    }

    /// Who hears of the model server.
    ///
    /// @param log      its output
    /// @param listener its beginnings and ends
    record Told(ObserveModelLog log, Listener listener) {}

    /// Somebody else takes care of the model server.
    record Nothing(OrderedEffects effects) implements ModelKeeper {
        @Override
        public void begin() {}

        @Override
        public void ready() {}

        @Override
        public void drain() {}

        @Override
        public void end(Runnable done) {
            effects.later(done);
        }
    }
}
