package dev.dray.domain.worker;

import dev.dray.domain.readiness.FaultText;
import dev.dray.port.outbound.ModelLifecycle;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Leads the plugin through its life cycle: in once, out once, whatever happens between.
///
/// An `enter` that throws is not tried again; `exit` follows at once. One that still runs when the
/// worker drains is interrupted. The end of the worker waits for `exit` at most [#EXIT_LIMIT].
final class LifecycleKeeper implements ModelKeeper {
    /// What the SPI promises a plugin.
    static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

    private final ModelLifecycle lifecycle;
    private final Timers timers;
    private final OrderedEffects effects;
    private final Listener listener;
    private Stage stage = Stage.OUTSIDE;
    private final List<Runnable> waiting = new ArrayList<>();

    // Touched by effects alone, which run one at a time.
    private Timer limit = () -> {};

    /// Where the plugin stands.
    private enum Stage {
        OUTSIDE,
        ENTERING,
        INSIDE,
        LEAVING,
        LEFT
    }

    LifecycleKeeper(ModelLifecycle lifecycle, Timers timers, OrderedEffects effects, Listener listener) {
        this.lifecycle = lifecycle;
        this.timers = timers;
        this.effects = effects;
        this.listener = listener;
    }

    @Override
    public void begin() {
        stage = Stage.ENTERING;
        effects.later(() ->
                lifecycle.start(() -> effects.decide(this::entered), fault -> effects.decide(() -> failed(fault))));
    }

    @Override
    public void ready() {}

    @Override
    public void drain() {
        if (stage == Stage.ENTERING) {
            leave();
        }
    }

    @Override
    public void end(Runnable done) {
        switch (stage) {
            case OUTSIDE, LEFT -> effects.later(done);
            case ENTERING, INSIDE -> {
                leave();
                await(done);
            }
            case LEAVING -> await(done);
        }
    }

    private void entered() {
        if (stage == Stage.ENTERING) {
            stage = Stage.INSIDE;
            listener.loaded();
        }
    }

    private void failed(Throwable fault) {
        if (stage == Stage.ENTERING) {
            listener.failed(FaultText.of("Lifecycle startup failed: " + FaultText.of(fault)));
            leave();
        }
    }

    private void leave() {
        stage = Stage.LEAVING;
        effects.later(() -> lifecycle.stop(() -> effects.decide(this::left)));
    }

    private void await(Runnable done) {
        waiting.add(done);
        if (waiting.size() == 1) {
            effects.later(() -> limit = timers.after(EXIT_LIMIT, () -> effects.decide(this::left)));
        }
    }

    /// The exit is over, or was given up.
    private void left() {
        if (stage == Stage.LEAVING) {
            stage = Stage.LEFT;
            effects.later(() -> limit.cancel());
            waiting.forEach(effects::later);
            waiting.clear();
        }
    }
}
