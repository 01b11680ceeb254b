package dev.dray.adapter.inmemory;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A model server's process that speaks and ends when a test says so.
///
/// A start begins a run before [#start(ObserveModelLog, Consumer)] returns; a stop ends it before
/// [#stop(Duration, Runnable)] returns, unless stops are held. The last lines of a run are kept as a
/// real process's are. `lock` guards the script and is never held while something is told.
public final class ScriptedProcess implements ModelProcess {
    /// Where the lines are said to come from.
    public static final String SOURCE = "scripted process";

    private static final int MOST_LINES = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Duration> graces = new ArrayList<>();
    private final List<Runnable> stopping = new ArrayList<>();
    private Optional<Run> running = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private boolean holdsStops;
    private int starts;

    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        Optional<String> refused = locked(() -> {
            if (running.isPresent()) {
                throw new IllegalStateException("a scripted process runs already; end it, or stop it, before a start");
            }
            starts++;
            if (refusal.isEmpty()) {
                running = Optional.of(new Run(log, ended));
            }
            return refusal;
        });
        if (refused.isPresent()) {
            ended.accept(new Exit("could not be started: " + refused.get(), List.of()));
            return;
        }
        log.runBegan(SOURCE);
        log.caughtUp();
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        boolean held = locked(() -> {
            graces.add(grace);
            stopping.add(done);
            return holdsStops;
        });
        if (!held) {
            finishStops();
        }
    }

    /// Writes lines to the output of the run.
    ///
    /// @throws IllegalStateException if nothing runs
    public void say(String... lines) {
        for (String text : lines) {
            Run run = current("write to");
            LogLine line = locked(() -> run.next(text));
            run.log.line(line);
        }
    }

    /// The process ends by itself.
    ///
    /// @param how for a person: `exited with status 1`
    /// @throws IllegalStateException if nothing runs
    public void end(String how) {
        Run run = current("end");
        Exit exit = locked(() -> {
            running = Optional.empty();
            return new Exit(how, List.copyOf(run.lastLines));
        });
        run.ended.accept(exit);
    }

    /// From now on a start fails.
    ///
    /// @param why for a person: `no such file`
    public void refuseStarts(String why) {
        locked(() -> refusal = Optional.of(why));
    }

    /// From now on a start succeeds, as at first.
    public void allowStarts() {
        locked(() -> refusal = Optional.empty());
    }

    /// From now on a stop lasts until [#finishStops()].
    public void holdStops() {
        locked(() -> holdsStops = true);
    }

    /// What is being stopped ends, and whoever asked for it is told.
    public void finishStops() {
        if (isRunning()) {
            end("was killed by signal 15");
        }
        List<Runnable> told = locked(() -> {
            List<Runnable> all = List.copyOf(stopping);
            stopping.clear();
            return all;
        });
        told.forEach(Runnable::run);
    }

    public boolean isRunning() {
        return locked(() -> running.isPresent());
    }

    /// Number of starts so far, failed ones included.
    public int starts() {
        return locked(() -> starts);
    }

    /// The grace of each stop so far.
    public List<Duration> graces() {
        return locked(() -> List.copyOf(graces));
    }

    private Run current(String what) {
        return locked(() -> running)
                .orElseThrow(() -> new IllegalStateException(
                        "no scripted process runs to %s; the worker starts one with LoadSignal.OwnProcess"
                                .formatted(what)));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /// One run of the process.
    private static final class Run {
        private final ObserveModelLog log;
        private final Consumer<Exit> ended;
        private final Deque<String> lastLines = new ArrayDeque<>();
        private long lines;

        Run(ObserveModelLog log, Consumer<Exit> ended) {
            this.log = log;
            this.ended = ended;
        }

        LogLine next(String text) {
            lastLines.add(text);
            if (lastLines.size() > MOST_LINES) {
                lastLines.remove();
            }
            return new LogLine(++lines, text, false);
        }
    }
}
