package dev.dray.adapter.inmemory;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request to the [ScriptedModelServer]: shows what was asked, and plays what a test wants to happen next.
///
/// `lock` guards the fields. At most one thread plays at a time: whoever finds steps while nobody plays.
public final class ScriptedCall implements Abort {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Step> steps = new ArrayDeque<>();
    private final ModelCall request;
    private final Exchange exchange;
    private final @Nullable Timers timers;
    private @Nullable Timer pause;
    private boolean playing;
    private boolean aborted;
    private boolean over;

    ScriptedCall(ModelCall request, Exchange exchange, @Nullable Timers timers) {
        this.request = request;
        this.exchange = exchange;
        this.timers = timers;
    }

    /// What was asked.
    public ModelCall request() {
        return request;
    }

    /// Whether the worker aborted it.
    public boolean aborted() {
        lock.lock();
        try {
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    /// Whether its end or failure was told.
    public boolean over() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /// Plays further steps behind those that still wait.
    public void play(Script more) {
        lock.lock();
        try {
            if (timers == null && more.steps().stream().anyMatch(Step.Pause.class::isInstance)) {
                throw new IllegalStateException(
                        "a script that pauses needs timers, found none; make it by new ScriptedModelServer(timers)");
            }
            steps.addAll(more.steps());
            if (playing) {
                return;
            }
            playing = true;
        } finally {
            lock.unlock();
        }
        resume();
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            if (aborted || over) {
                return;
            }
            aborted = true;
            if (playing && pause == null) {
                // Whoever plays sees it before the next step.
                return;
            }
            cutPause();
            playing = true;
        } finally {
            lock.unlock();
        }
        resume();
    }

    private void cutPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }

    private void resume() {
        if (timers == null) {
            run();
            return;
        }
        timers.after(Duration.ZERO, this::run);
    }

    private void run() {
        for (Step step = take(); step != null; step = take()) {
            perform(step);
        }
    }

    private @Nullable Step take() {
        lock.lock();
        try {
            if (!over && aborted) {
                steps.clear();
                steps.add(new Step.Fail(new ModelFailure(Kind.ABORTED, "the worker aborted the scripted call")));
            }
            Step step = over ? null : steps.poll();
            if (step instanceof Step.Pause(Duration duration) && timers != null) {
                pause = timers.after(duration, this::wake);
                return null;
            }
            over |= step instanceof Step.End || step instanceof Step.Fail;
            playing = step != null;
            return step;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            if (pause == null) {
                // An abort came first and plays already.
                return;
            }
            pause = null;
        } finally {
            lock.unlock();
        }
        run();
    }

    private void perform(Step step) {
        try {
            switch (step) {
                case Step.Head(var head) -> {
                    exchange.head(head.status());
                    request.sink().head(head);
                }
                case Step.Chunk(var bytes) -> request.sink().chunk(bytes.array(), bytes.offset(), bytes.length());
                case Step.End() -> {
                    request.sink().end();
                    exchange.ended();
                }
                case Step.Fail(var failure) -> exchange.failed(failure);
                case Step.Pause _ -> throw new AssertionError("a pause is never performed");
            }
        } catch (ClientGoneException gone) {
            loseClient(gone);
        }
    }

    private void loseClient(ClientGoneException gone) {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
        exchange.failed(new ModelFailure(Kind.CLIENT_GONE, String.valueOf(gone.getMessage())));
    }
}
