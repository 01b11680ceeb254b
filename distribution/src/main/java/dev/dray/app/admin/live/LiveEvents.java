package dev.dray.app.admin.live;

import dev.dray.port.outbound.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Those who watch the worker live, and the thread that looks at the worker for them. Thread-safe.
public final class LiveEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveEvents.class.getName());
    private static final int MOST_LISTENERS = 32;
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    // For last words on their way; who does not take them is cut off.
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Ticker ticker;
    private final Composer composer;
    private final Thread thread;
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile boolean stopped;

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition someoneLeft = lock.newCondition();
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final Set<Listener> newcomers = new LinkedHashSet<>();

    private LiveEvents(Composer.Sources sources, Ticker ticker) {
        this.ticker = ticker;
        this.composer = new Composer(sources, ticker);
        this.thread = Thread.ofPlatform().daemon().name("dray-admin-events").unstarted(this::look);
    }

    /// Begins to look at the worker.
    public static LiveEvents start(Composer.Sources sources, Ticker ticker) {
        var events = new LiveEvents(sources, ticker);
        events.thread.start();
        return events;
    }

    /// Something changed that an operator wants to see at once. Any thread; returns at once.
    public void ring() {
        rung.set(true);
        LockSupport.unpark(thread);
    }

    /// Takes in one more listener.
    ///
    /// @return empty where there are as many as there may be, or no more events come
    public Optional<Listener> join() {
        lock.lock();
        try {
            if (stopped || listeners.size() >= MOST_LISTENERS) {
                return Optional.empty();
            }
            var listener = new Listener(ticker, this::left);
            listeners.add(listener);
            newcomers.add(listener);
            LockSupport.unpark(thread);
            return Optional.of(listener);
        } finally {
            lock.unlock();
        }
    }

    private void left(Listener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
            newcomers.remove(listener);
            someoneLeft.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        while (!stopped) {
            try {
                step();
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "composing events failed", fault);
            }
            if (!rung.get() && !stopped) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private void step() {
        boolean urgent = rung.getAndSet(false);
        List<Listener> all;
        List<Listener> fresh;
        lock.lock();
        try {
            fresh = List.copyOf(newcomers);
            newcomers.clear();
            all = listeners.stream().filter(each -> !fresh.contains(each)).toList();
        } finally {
            lock.unlock();
        }
        // Also where nobody listens: the history is made of these looks.
        List<Frame> news = composer.look(urgent, all.isEmpty());
        for (Listener listener : all) {
            news.forEach(listener::offer);
            listener.check();
        }
        if (!fresh.isEmpty()) {
            List<Frame> first = composer.first();
            fresh.forEach(listener -> first.forEach(listener::offer));
        }
    }

    /// Ends it: everybody hears a last status, as far as they read.
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_WORDS);
            Frame last = composer.status();
            for (Listener listener : all()) {
                listener.offer(last);
                listener.over();
            }
            awaitLeaving();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all().forEach(Listener::gone);
    }

    private List<Listener> all() {
        lock.lock();
        try {
            return List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
    }

    private void awaitLeaving() throws InterruptedException {
        lock.lock();
        try {
            long left = LAST_WORDS.toNanos();
            while (!listeners.isEmpty() && left > 0) {
                left = someoneLeft.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
