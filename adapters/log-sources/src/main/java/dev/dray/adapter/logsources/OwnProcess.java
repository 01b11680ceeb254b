package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.Ticker;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The model server as a process that dray starts and ends itself; its output is the log.
///
/// It gets a session of its own where `setsid` is there, so that a Ctrl-C meant for dray does not reach it. When it
/// ends, all that it started is ended with it: a child that holds on to the GPU would starve the next run.
///
/// Two threads per run: one reads and tells the lines, one waits for the end and tells that. `lock` guards which run
/// is the current one, and is never held while anything is told.
public final class OwnProcess implements ModelProcess, AutoCloseable {
    private static final Logger LOG = System.getLogger(OwnProcess.class.getName());

    /// For a process that nobody stopped before closing.
    private static final Duration CLOSE_GRACE = Duration.ofMillis(500);

    /// More than a run takes to end once it is killed.
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

    private final ReentrantLock lock = new ReentrantLock();
    private final Launch launch;
    private final OutputStream passOn;
    private final Ticker ticker;
    private @Nullable Running current;
    private boolean closed;

    /// Starts nothing yet.
    ///
    /// @param passOn where the output goes too, byte for byte; never closed
    public OwnProcess(ProcessSettings settings, OutputStream passOn, Ticker ticker) {
        this(settings, passOn, ticker, true);
    }

    /// @param ownSession whether `setsid` is used if it is there
    OwnProcess(ProcessSettings settings, OutputStream passOn, Ticker ticker, boolean ownSession) {
        this.launch = new Launch(settings, UUID.randomUUID().toString(), ownSession);
        this.passOn = passOn;
        this.ticker = ticker;
    }

    /// @throws IllegalStateException if one is running; it is over when `ended` is called
    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        Running running = new Running(new ProcessRun(launch, passOn, ticker));
        lock.lock();
        try {
            if (current != null && !current.over) {
                throw new IllegalStateException(
                        "a model process is running; expected none; start the next when the end of this one was told");
            }
            current = running;
            if (closed) {
                running.run.stopWithin(Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
        Thread.ofPlatform().name("dray-model-process").daemon().start(() -> carry(running, log, ended));
    }

    private void carry(Running running, ObserveModelLog log, Consumer<Exit> ended) {
        running.thread = Thread.currentThread();
        Exit exit = running.run.live(log);
        lock.lock();
        try {
            // Whoever is told may start the next one at once.
            running.over = true;
        } finally {
            lock.unlock();
        }
        tell(() -> ended.accept(exit));
        List<Runnable> waiting;
        lock.lock();
        try {
            if (current == running) {
                current = null;
            }
            waiting = List.copyOf(running.waiting);
        } finally {
            lock.unlock();
        }
        waiting.forEach(OwnProcess::tell);
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        lock.lock();
        try {
            if (current != null) {
                current.waiting.add(done);
                current.run.stopWithin(grace);
                return;
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("dray-model-process").start(() -> tell(done));
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "listener of the model process failed", fault);
        }
    }

    /// Ends what runs, and returns when nothing is left of it. Nothing is started any more. May be called again.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null && current.thread == Thread.currentThread()) {
                // Called by who was told of the end.
                return;
            }
        } finally {
            lock.unlock();
        }
        CountDownLatch over = new CountDownLatch(1);
        stop(CLOSE_GRACE, over::countDown);
        try {
            if (!over.await(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "model process not gone seconds={0}", CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// A run, and who waits for its end.
    private static final class Running {
        private final ProcessRun run;
        private final List<Runnable> waiting = new ArrayList<>();
        private volatile @Nullable Thread thread;
        private boolean over;

        private Running(ProcessRun run) {
            this.run = run;
        }
    }
}
