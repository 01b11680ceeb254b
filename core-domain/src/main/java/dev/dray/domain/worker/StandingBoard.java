package dev.dray.domain.worker;

import dev.dray.domain.readiness.ReadinessMachine;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// The readiness state as it is published: every move is put up for all to read and told as an event.
///
/// Changed by decisions of the readiness side, so guarded by its lock; [#standing()] may be read by any
/// thread.
final class StandingBoard {
    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Supplier<OptionalDouble> capacity;
    private final ReadinessMachine machine;
    private long startedNanos;
    private boolean everReady;
    private Optional<Duration> loadTime = Optional.empty();
    private volatile Standing standing;

    StandingBoard(WorkerPorts ports, OrderedEffects effects, Supplier<OptionalDouble> capacity) {
        this.ports = ports;
        this.effects = effects;
        this.capacity = capacity;
        this.machine = new ReadinessMachine(ports.clock().instant());
        this.startedNanos = ports.ticker().nanos();
        this.standing = new Standing(machine.now(), false, false, capacity.get(), loadTime);
    }

    /// Load time counts from now.
    void begin() {
        startedNanos = ports.ticker().nanos();
    }

    Standing standing() {
        return standing;
    }

    ReadinessState state() {
        return machine.now().state();
    }

    boolean everReady() {
        return everReady;
    }

    /// Moves to a state, or changes the reason of the state it is in.
    void move(ReadinessState to, String reason) {
        Readiness before = machine.now();
        Readiness after = machine.move(to, reason, ports.clock().instant());
        if (!after.equals(before)) {
            boolean draining = to == ReadinessState.DRAINING || to == ReadinessState.STOPPED;
            standing = new Standing(after, everReady, draining, capacity.get(), loadTime);
            effects.later(() -> ports.events().accept(new ReadinessChanged(before, after)));
        }
    }

    /// Adds to the reason of LOADING; nothing happens in another state.
    void waitFurther(String reason) {
        if (state() == ReadinessState.LOADING) {
            String before = machine.now().reason();
            move(ReadinessState.LOADING, before.isEmpty() ? reason : before + "; " + reason);
        }
    }

    /// Moves to READY.
    ///
    /// @param loadedBefore whether the model server has just loaded, so that there is a new load time
    void serve(boolean loadedBefore) {
        everReady = true;
        if (loadedBefore) {
            loadTime = Optional.of(Duration.ofNanos(ports.ticker().nanos() - startedNanos));
        }
        move(ReadinessState.READY, "");
    }
}
