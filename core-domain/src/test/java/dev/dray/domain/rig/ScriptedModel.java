package dev.dray.domain.rig;

import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// A model server that answers each launched request as its script says, at once or in virtual time.
public final class ScriptedModel implements ModelServer {
    private final VirtualTime time;
    private IntFunction<Step> script = _ -> Step.answer(200, Duration.ofMillis(100));
    private final List<ModelCall> calls = new ArrayList<>();
    private final List<Running> inTheAir = new ArrayList<>();
    private int most;
    private int aborted;

    public ScriptedModel(VirtualTime time) {
        this.time = time;
    }

    /// What becomes of one request.
    public sealed interface Step {
        /// An answer after a while; `Duration.ZERO`: before `launch` returns.
        record Answers(int status, Duration after) implements Step {}

        /// Status 200, the head at once, the first byte of the body after a while, its last one later.
        record Streams(Duration firstByte, Duration end) implements Step {}

        /// A failure after a while; `Duration.ZERO`: before `launch` returns.
        record Fails(ModelFailure.Kind kind, Duration after) implements Step {}

        /// Nothing, until it is aborted.
        record Hangs() implements Step {}

        static Step answer(int status, Duration after) {
            return new Answers(status, after);
        }

        static Step stream(Duration firstByte, Duration end) {
            return new Streams(firstByte, end);
        }

        static Step fail(ModelFailure.Kind kind, Duration after) {
            return new Fails(kind, after);
        }

        static Step hang() {
            return new Hangs();
        }
    }

    /// Sets what becomes of requests.
    ///
    /// @param next given the number of the request, from 0
    public void script(IntFunction<Step> next) {
        this.script = next;
    }

    public List<ModelCall> calls() {
        return calls;
    }

    public int running() {
        return inTheAir.size();
    }

    /// Most requests that ran at once.
    public int most() {
        return most;
    }

    public int aborted() {
        return aborted;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        throw new AssertionError("the benchmark must use launch: it owns no thread");
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        Step step = script.apply(calls.size());
        calls.add(call);
        var running = new Running();
        inTheAir.add(running);
        most = Math.max(most, inTheAir.size());
        exchange.begun(() -> {
            if (running.end()) {
                aborted++;
                exchange.failed(new ModelFailure(ModelFailure.Kind.ABORTED, "aborted by the worker"));
            }
        });
        switch (step) {
            case Step.Answers(int status, Duration after) ->
                in(after, () -> {
                    if (running.end()) {
                        exchange.head(status);
                        exchange.ended();
                    }
                });
            case Step.Streams(Duration firstByte, Duration end) -> {
                exchange.head(200);
                in(firstByte, () -> call.sink().chunk(new byte[1], 0, 1));
                in(end, () -> {
                    if (running.end()) {
                        call.sink().chunk(new byte[1], 0, 1);
                        exchange.ended();
                    }
                });
            }
            case Step.Fails(ModelFailure.Kind kind, Duration after) ->
                in(after, () -> {
                    if (running.end()) {
                        exchange.failed(new ModelFailure(kind, "nobody listens at 127.0.0.1:18000"));
                    }
                });
            case Step.Hangs() -> {}
        }
    }

    private void in(Duration after, Runnable work) {
        if (after.isZero()) {
            work.run();
        } else {
            time.after(after, work);
        }
    }

    private final class Running {
        boolean end() {
            return inTheAir.remove(this);
        }
    }
}
