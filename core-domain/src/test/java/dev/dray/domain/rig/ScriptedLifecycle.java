package dev.dray.domain.rig;

import dev.dray.port.outbound.ModelLifecycle;
import java.util.function.Consumer;

/// A plugin's life cycle that goes on when a test says so.
public final class ScriptedLifecycle implements ModelLifecycle {
    private Runnable entered = () -> {};
    private Consumer<Throwable> failed = _ -> {};
    private Runnable done = () -> {};
    private int starts;
    private int stops;

    @Override
    public void start(Runnable whenEntered, Consumer<Throwable> whenFailed) {
        starts++;
        entered = whenEntered;
        failed = whenFailed;
    }

    @Override
    public void stop(Runnable whenDone) {
        if (starts == 0) {
            throw new AssertionError("nothing was started");
        }
        stops++;
        done = whenDone;
    }

    /// The plugin has entered.
    public void enter() {
        entered.run();
    }

    /// The plugin threw.
    public void fail(Throwable fault) {
        failed.accept(fault);
    }

    /// The plugin has exited.
    public void exit() {
        done.run();
    }

    public int starts() {
        return starts;
    }

    public int stops() {
        return stops;
    }
}
