package dev.dray.app.simulate;

import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelCall;
import java.util.List;

/// One request at a model server, as the adapter in between sees it: connects, relays, gives up after its time-outs,
/// breaks, and may be aborted, which takes effect in its own time.
final class SimulatedCall {
    private static final ResponseHead OK = new ResponseHead(200, List.of());
    private static final long BUSY = 10_000_000;
    private static final byte[] TOKEN = {'.'};
    private static final List<Kind> TIME_OUTS =
            List.of(Kind.CONNECT_TIME_OUT, Kind.FIRST_BYTE_TIME_OUT, Kind.IDLE_TIME_OUT, Kind.TOTAL_TIME_OUT);

    private final Life life;
    private final Scenario scenario;
    private final SimulatedServer server;
    private final ModelCall call;
    private final Exchange exchange;
    private boolean over;
    private boolean aborted;
    private boolean relaying;

    SimulatedCall(Life life, Scenario scenario, SimulatedServer server, ModelCall call, Exchange exchange) {
        this.life = life;
        this.scenario = scenario;
        this.server = server;
        this.call = call;
        this.exchange = exchange;
    }

    void begin() {
        server.joined(this);
        exchange.begun(this::abort);
        if (over) {
            return;
        }
        if (!server.isUp()) {
            fail(Kind.REFUSED, Fault.MODEL_REFUSED);
            return;
        }
        Chance chance = life.chance();
        if (chance.percent(scenario.troublePercent())) {
            trouble(chance);
        } else {
            long work = (long) (call.work().units() * 1e9 / Scenario.UNITS_PER_SECOND);
            after(chance.micros(100, 20_000) + work / 4, () -> answer(200, work));
        }
    }

    private void trouble(Chance chance) {
        long soon = chance.percent(30) ? 0 : chance.millis(0, 400);
        switch (chance.below(7)) {
            case 0 -> perhapsAtOnce(soon, () -> fail(Kind.RESET, Fault.MODEL_RESET));
            case 1 -> perhapsAtOnce(soon, () -> fail(Kind.GARBAGE, Fault.MODEL_GARBAGE));
            case 2 ->
                perhapsAtOnce(
                        soon, () -> fail(chance.percent(50) ? Kind.BREAKER_OPEN : Kind.REDIRECT, Fault.MODEL_REFUSED));
            case 3 -> after(chance.millis(1_000, 20_000), () -> fail(chance.pick(TIME_OUTS), Fault.MODEL_TIMED_OUT));
            case 4 -> {
                life.count(Fault.MODEL_ANSWERED_5XX);
                perhapsAtOnce(soon, () -> answer(chance.percent(50) ? 500 : 404, 0));
            }
            case 5 ->
                after(soon, () -> {
                    head(200);
                    after(chance.millis(0, 300), () -> fail(Kind.RESET, Fault.MODEL_RESET_MID_STREAM));
                });
            default -> perhapsAtOnce(0, () -> answer(200, 0));
        }
    }

    // A real adapter keeps the calling thread: it may have the whole answer before it returns.
    private void perhapsAtOnce(long nanos, Runnable step) {
        if (nanos == 0) {
            step.run();
        } else {
            after(nanos, step);
        }
    }

    private void after(long nanos, Runnable step) {
        life.later(nanos, () -> {
            if (over) {
                return;
            }
            long stalled = server.stalledNanos();
            if (stalled > 0) {
                after(stalled, step);
            } else {
                step.run();
            }
        });
    }

    private void answer(int status, long work) {
        if (!over && head(status)) {
            int pieces = work == 0 ? 0 : life.chance().between(1, 3);
            piece(pieces, work == 0 ? 0 : work / pieces);
        }
    }

    private void piece(int left, long pause) {
        if (over) {
            return;
        }
        if (left == 0) {
            relay(() -> {
                call.sink().end();
                end();
                exchange.ended();
            });
            return;
        }
        after(pause, () -> {
            if (relay(() -> call.sink().chunk(TOKEN, 0, TOKEN.length))) {
                piece(left - 1, pause);
            }
        });
    }

    private boolean head(int status) {
        return !over
                && relay(() -> {
                    exchange.head(status);
                    call.sink().head(status == 200 ? OK : new ResponseHead(status, List.of()));
                });
    }

    private boolean relay(Runnable write) {
        relaying = true;
        try {
            write.run();
        } catch (ClientGoneException gone) {
            end();
            exchange.failed(new ModelFailure(Kind.CLIENT_GONE, "the client hung up"));
        } finally {
            relaying = false;
        }
        return !over;
    }

    /// The server is gone, or the connection.
    void reset() {
        fail(Kind.RESET, Fault.MODEL_RESET);
    }

    private void fail(Kind kind, Fault fault) {
        if (relaying) {
            // One thread carries a call: it finds out when it next reads.
            life.later(BUSY, () -> fail(kind, fault));
        } else if (!over) {
            life.fault(fault, "model server", server.place());
            end();
            exchange.failed(new ModelFailure(aborted ? Kind.ABORTED : kind, "planted"));
        }
    }

    private void abort() {
        if (over || aborted) {
            return;
        }
        aborted = true;
        if (life.chance().percent(30)) {
            // Until the connection is really closed the answer may still come to its end.
            life.count(Fault.MODEL_ABORTED_LATE);
            life.later(life.chance().micros(0, 50_000), this::aborted);
        } else {
            life.later(0, this::aborted);
        }
    }

    private void aborted() {
        if (relaying) {
            life.later(BUSY, this::aborted);
        } else if (!over) {
            end();
            exchange.failed(new ModelFailure(Kind.ABORTED, "aborted"));
        }
    }

    private void end() {
        over = true;
        server.left(this);
    }
}
