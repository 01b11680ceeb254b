package dev.dray.app.plugin;

import dev.dray.port.outbound.ModelLifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One life cycle that brings several model servers up and takes them down: entered when all of them
/// are to be started, left when all are to be stopped, which is at the same moment. Thread-safe.
final class SharedLifecycle implements ModelLifecycle {
    private final ReentrantLock lock = new ReentrantLock();
    private final ModelLifecycle one;
    private final int servers;
    private final List<Runnable> entered = new ArrayList<>();
    private final List<Consumer<Throwable>> failed = new ArrayList<>();
    private final List<Runnable> left = new ArrayList<>();

    private SharedLifecycle(ModelLifecycle one, int servers) {
        this.one = one;
        this.servers = servers;
    }

    /// The life cycle as each of so many servers sees it.
    static ModelLifecycle of(ModelLifecycle one, int servers) {
        return servers == 1 ? one : new SharedLifecycle(one, servers);
    }

    @Override
    public void start(Runnable whenEntered, Consumer<Throwable> whenFailed) {
        if (isLast(entered, whenEntered, () -> failed.add(whenFailed))) {
            one.start(() -> entered.forEach(Runnable::run), fault -> failed.forEach(each -> each.accept(fault)));
        }
    }

    @Override
    public void stop(Runnable done) {
        if (isLast(left, done, () -> {})) {
            one.stop(() -> left.forEach(Runnable::run));
        }
    }

    // All servers begin at once, and all end at once: whoever is last speaks for the others, and the lists are
    // complete before they are read.
    private boolean isLast(List<Runnable> all, Runnable next, Runnable more) {
        lock.lock();
        try {
            all.add(next);
            more.run();
            return all.size() == servers;
        } finally {
            lock.unlock();
        }
    }
}
