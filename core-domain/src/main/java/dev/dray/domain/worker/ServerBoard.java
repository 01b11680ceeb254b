package dev.dray.domain.worker;

import dev.dray.domain.readiness.FaultText;
import dev.dray.domain.readiness.ReadinessMachine;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import java.time.InstantSource;

/// Where one model server stands. Changed by decisions of the readiness side, so guarded by its lock;
/// [#now()] may be read by any thread.
final class ServerBoard {
    // Told before each reason; empty where there is nothing to tell apart.
    private final String name;
    private final StandingBoard worker;
    private final InstantSource clock;
    private final ReadinessMachine machine;
    private boolean everReady;
    private volatile Readiness now;

    ServerBoard(WorkerPlan.ServerPlan plan, StandingBoard worker, InstantSource clock) {
        this.name = plan.name();
        this.worker = worker;
        this.clock = clock;
        this.machine = new ReadinessMachine(clock.instant(), awaited(plan.loadSignal()));
        this.now = machine.now();
    }

    // What is not named here follows at once.
    private static String awaited(LoadSignal signal) {
        return signal instanceof LoadSignal.Log ? "waiting for the model server's log to begin" : "";
    }

    Readiness now() {
        return now;
    }

    ReadinessState state() {
        return now.state();
    }

    /// The reason as the worker's own.
    String reason() {
        boolean plain = name.isEmpty() || now.reason().isEmpty();
        return plain ? now.reason() : FaultText.of(name + ": " + now.reason());
    }

    boolean everReady() {
        return everReady;
    }

    /// Moves to a state, or changes the reason of the state it is in.
    void move(ReadinessState to, String reason) {
        move(to, reason, false);
    }

    /// Moves to READY.
    ///
    /// @param loadedBefore whether the model server has just loaded
    void serve(boolean loadedBefore) {
        everReady = true;
        move(ReadinessState.READY, "", loadedBefore);
    }

    private void move(ReadinessState to, String reason, boolean loadedBefore) {
        now = machine.move(to, reason, clock.instant());
        worker.follow(this, loadedBefore);
    }
}
