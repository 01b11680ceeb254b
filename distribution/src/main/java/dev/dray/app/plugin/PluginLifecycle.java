package dev.dray.app.plugin;

import dev.dray.port.outbound.ModelLifecycle;
import dev.dray.spi.Lifecycle;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads a plugin through its life cycle: what it does there may take as long as it likes, on a thread of its own.
final class PluginLifecycle implements ModelLifecycle {
    private static final System.Logger LOG = System.getLogger(PluginLifecycle.class.getName());

    private final PluginEntry plugin;
    private final Lifecycle lifecycle;
    private volatile @Nullable Entering entering;

    PluginLifecycle(PluginEntry plugin, Lifecycle lifecycle) {
        this.plugin = plugin;
        this.lifecycle = lifecycle;
    }

    @Override
    public void start(Runnable entered, Consumer<Throwable> failed) {
        var own = new Entering();
        entering = own;
        Thread.ofVirtual().name("dray-plugin-enter").start(() -> {
            switch (entering(own)) {
                case Containment.Result.Returned<Boolean> _ -> entered.run();
                case Containment.Result.Threw<Boolean>(Throwable fault, String _) -> failed.accept(fault);
            }
        });
    }

    // Whatever ends this thread must be told, or the worker waits for its model server for ever.
    private static Containment.Result<Boolean> entering(Entering own) {
        try {
            return own.call();
        } catch (VirtualMachineError broken) {
            return new Containment.Result.Threw<>(broken, broken.toString());
        }
    }

    @Override
    public void stop(Runnable done) {
        Entering before = entering;
        Thread.ofVirtual().name("dray-plugin-exit").start(() -> {
            try {
                if (before != null) {
                    before.end();
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
            LOG.log(Level.WARNING, "plugin failed to exit its life cycle plugin={0} cause={1}", plugin.id(), reason);
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

    /// A plugin on its way in. It may be interrupted until it is through, and not after: its thread goes on with the
    /// worker's own decisions.
    private final class Entering {
        private final ReentrantLock lock = new ReentrantLock();
        private final CountDownLatch through = new CountDownLatch(1);
        private @Nullable Thread thread;
        private boolean unwanted;

        Containment.Result<Boolean> call() {
            begin();
            try {
                return PluginLifecycle.this.call(lifecycle::enter);
            } finally {
                finish();
            }
        }

        /// Interrupts the plugin if it is not through, and waits until it is.
        void end() throws InterruptedException {
            lock.lock();
            try {
                unwanted = true;
                if (thread != null) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
            through.await();
        }

        private void begin() {
            lock.lock();
            try {
                thread = Thread.currentThread();
                if (unwanted) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        private void finish() {
            lock.lock();
            try {
                thread = null;
                // What is left of an interrupt was meant for the plugin.
                Thread.interrupted();
            } finally {
                lock.unlock();
            }
            through.countDown();
        }
    }
}
