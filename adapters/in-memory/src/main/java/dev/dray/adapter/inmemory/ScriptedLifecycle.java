package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.ModelLifecycle;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A plugin's life cycle that goes on when a test says so.
///
/// `lock` guards the script and is never held while something is told.
public final class ScriptedLifecycle implements ModelLifecycle {
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Entering> entering = Optional.empty();
    private Optional<Runnable> exiting = Optional.empty();
    private int starts;
    private int stops;

    private record Entering(Runnable entered, Consumer<Throwable> failed) {}

    @Override
    public void start(Runnable entered, Consumer<Throwable> failed) {
        lock.lock();
        try {
            starts++;
            entering = Optional.of(new Entering(entered, failed));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop(Runnable done) {
        lock.lock();
        try {
            stops++;
            exiting = Optional.of(done);
        } finally {
            lock.unlock();
        }
    }

    /// The plugin has entered. Nothing happens where it is not entering.
    public void enter() {
        takeEntering().ifPresent(told -> told.entered().run());
    }

    /// The plugin throws while it is entering. Nothing happens where it is not.
    public void fail(Throwable fault) {
        takeEntering().ifPresent(told -> told.failed().accept(fault));
    }

    /// The plugin has exited. Nothing happens where it was not told to.
    public void exit() {
        takeExiting().ifPresent(Runnable::run);
    }

    /// How often it was told to enter.
    public int starts() {
        lock.lock();
        try {
            return starts;
        } finally {
            lock.unlock();
        }
    }

    /// How often it was told to exit.
    public int stops() {
        lock.lock();
        try {
            return stops;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Entering> takeEntering() {
        lock.lock();
        try {
            Optional<Entering> taken = entering;
            entering = Optional.empty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Runnable> takeExiting() {
        lock.lock();
        try {
            Optional<Runnable> taken = exiting;
            exiting = Optional.empty();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
