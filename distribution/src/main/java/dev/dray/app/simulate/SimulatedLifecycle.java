package dev.dray.app.simulate;

import dev.dray.port.outbound.ModelLifecycle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A plugin that brings its model server up itself, or fails to, or never comes back from taking it down.
final class SimulatedLifecycle implements ModelLifecycle, SimulatedServer.Voice {
    private static final String ACTOR = "plugin";

    private final SimulatedServer server;
    private final Life life;
    private @Nullable Runnable entered;
    private @Nullable Consumer<Throwable> failed;

    SimulatedLifecycle(SimulatedServer server, Life life) {
        this.server = server;
        this.life = life;
        server.voice(this);
    }

    @Override
    public void start(Runnable whenEntered, Consumer<Throwable> whenFailed) {
        entered = whenEntered;
        failed = whenFailed;
        server.start();
    }

    @Override
    public void stop(Runnable done) {
        entered = null;
        failed = null;
        if (life.chance().percent(10)) {
            life.fault(Fault.LIFECYCLE_NEVER_EXITED, ACTOR, 0);
        } else {
            life.later(life.chance().millis(0, 12_000), done);
        }
    }

    @Override
    public void loading() {}

    @Override
    public void loaded() {
        Runnable listener = entered;
        entered = null;
        failed = null;
        if (listener != null) {
            listener.run();
        }
    }

    @Override
    public void died(String how) {
        Consumer<Throwable> listener = failed;
        entered = null;
        failed = null;
        if (listener != null) {
            life.fault(Fault.LIFECYCLE_THREW, ACTOR, 0);
            listener.accept(new IllegalStateException(how));
        }
    }
}
