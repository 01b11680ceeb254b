package dev.dray.adapter.inmemory;

import dev.dray.port.exchange.Exchange;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model server that does what its scripts say: first those queued by [#next(Script...)], then, for ever, what
/// [#otherwise(Function)] gives; at first a small JSON answer.
///
/// Without timers every step happens before [#start(ModelCall, Exchange)] returns, and an abort ends the call before
/// it returns. With timers nothing happens inside a call of the worker's but [Exchange#begun]: each burst of steps is
/// a task of theirs, so that a simulation decides the order. Every call is kept, see [#calls()]. `lock` guards scripts
/// and calls and is never held while an exchange is told anything.
public final class ScriptedModelServer implements ModelServer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Script> scripts = new ArrayDeque<>();
    private final List<ScriptedCall> calls = new ArrayList<>();
    private final @Nullable Timers timers;
    private Function<ModelCall, Script> otherwise = _ -> Script.json("{}");

    /// Plays scripts before the call returns; scripts may not pause.
    public ScriptedModelServer() {
        this.timers = null;
    }

    /// Plays scripts as tasks of these timers.
    public ScriptedModelServer(Timers timers) {
        this.timers = timers;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        var scripted = new ScriptedCall(call, exchange, timers);
        Function<ModelCall, Script> source;
        lock.lock();
        try {
            calls.add(scripted);
            Script queued = scripts.poll();
            source = queued == null ? otherwise : _ -> queued;
        } finally {
            lock.unlock();
        }
        exchange.begun(scripted);
        scripted.play(source.apply(call));
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        start(call, exchange);
    }

    /// Queues scripts, one for each of the next calls.
    public void next(Script... more) {
        lock.lock();
        try {
            scripts.addAll(List.of(more));
        } finally {
            lock.unlock();
        }
    }

    /// What to do with a call for which no script is queued.
    public void otherwise(Function<ModelCall, Script> script) {
        lock.lock();
        try {
            otherwise = script;
        } finally {
            lock.unlock();
        }
    }

    /// All calls so far, in order.
    public List<ScriptedCall> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    /// The latest call; there must be one.
    public ScriptedCall latest() {
        return calls().getLast();
    }

    /// Number of calls that are neither ended nor failed.
    public int open() {
        return (int) calls().stream().filter(call -> !call.over()).count();
    }
}
