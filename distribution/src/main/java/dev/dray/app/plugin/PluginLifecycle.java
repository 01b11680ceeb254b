package dev.dray.app.plugin;

import dev.dray.port.outbound.ModelLifecycle;
import dev.dray.spi.Lifecycle;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads a plugin through its life cycle: what it does there may take as long as it likes, on a thread of its own.
final class PluginLifecycle implements ModelLifecycle {
    private static final System.Logger LOG = System.getLogger(PluginLifecycle.class.getName());

    private final PluginEntry plugin;
    private final Lifecycle lifecycle;
    private volatile @Nullable Thread entering;

    PluginLifecycle(PluginEntry plugin, Lifecycle lifecycle) {
        this.plugin = plugin;
        this.lifecycle = lifecycle;
    }

    @Override
    public void start(Runnable entered, Consumer<Throwable> failed) {
        entering = Thread.ofVirtual().name("dray-plugin-enter").start(() -> {
            switch (call(lifecycle::enter)) {
                case Containment.Result.Returned<Boolean> _ -> entered.run();
                case Containment.Result.Threw<Boolean>(Throwable fault, String _) -> failed.accept(fault);
            }
        });
    }

    @Override
    public void stop(Runnable done) {
        Thread before = entering;
        Thread.ofVirtual().name("dray-plugin-exit").start(() -> {
            try {
                if (before != null) {
                    before.interrupt();
                    before.join();
                }
                exit();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                done.run();
            }
        });
    }

    private void exit() {
        if (call(lifecycle::exit) instanceof Containment.Result.Threw<Boolean>(Throwable _, String reason)) {
            LOG.log(
                    Level.WARNING,
                    () -> "plugin failed to exit its life cycle plugin=%s cause=\"%s\"".formatted(plugin.id(), reason));
        }
    }

    private Containment.Result<Boolean> call(Step step) {
        return Containment.call(plugin.loader(), () -> {
            step.run();
            return true;
        });
    }

    /// One of the two things a life cycle does.
    private interface Step {
        void run() throws Exception;
    }
}
