package dev.dray.app.simulate;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.spi.LogRules;
import java.util.List;

/// What a model server writes of itself, and how it reaches the worker: late, torn, rotated away, or untrue.
final class SimulatedLog implements SimulatedServer.Voice {
    /// What lines mean.
    static final LogRules RULES =
            new LogRules(List.of("startup complete"), List.of("Traceback", "out of memory"), List.of("Download"));

    private static final String LOADED = "INFO: startup complete, 1 model";
    private static final String SOURCE = "simulated log";

    private final ObserveModelLog worker;
    private final Life life;
    private long line;

    SimulatedLog(ObserveModelLog worker, Life life) {
        this.worker = worker;
        this.life = life;
    }

    /// The log is there from now on, perhaps with what an earlier run has left in it.
    void open() {
        worker.runBegan(SOURCE);
        Chance chance = life.chance();
        for (int old = chance.percent(30) ? chance.between(1, 4) : 0; old > 0; old--) {
            String text = chance.pick(List.of(LOADED, "Traceback of old", "noise", "Download 1 of 2"));
            worker.line(new LogLine(++line, text, true));
        }
        worker.caughtUp();
        life.later(life.chance().exponential(2e9), this::chatter);
    }

    @Override
    public void loading() {
        if (life.chance().percent(70)) {
            rotate();
        }
        say("loading weights");
    }

    @Override
    public void loaded() {
        if (life.chance().percent(15)) {
            life.count(Fault.LOG_LATE);
            life.later(life.chance().millis(1, 8_000), () -> say(LOADED));
        } else {
            say(LOADED);
        }
    }

    @Override
    public void died(String how) {
        if (life.chance().percent(60)) {
            say("Traceback (most recent call last): " + how);
        }
    }

    private void rotate() {
        life.count(Fault.LOG_ROTATED);
        line = 0;
        worker.runBegan(SOURCE);
        if (life.chance().percent(80)) {
            worker.caughtUp();
        }
    }

    private void chatter() {
        switch (life.chance().below(40)) {
            case 0 -> {
                life.fault(Fault.LOG_LIED, "log", 0);
                say("Traceback that means nothing");
            }
            case 1 -> {
                life.fault(Fault.LOG_LIED, "log", 0);
                say(LOADED);
            }
            case 2 -> rotate();
            case 3 -> say("Download 50 %");
            default -> say("GET /health 200");
        }
        life.later(life.chance().exponential(2e9), this::chatter);
    }

    /// One line more, perhaps in two pieces.
    void say(String text) {
        line++;
        if (life.chance().percent(15)) {
            life.count(Fault.LOG_TORN);
            worker.line(new LogLine(line, text.substring(0, life.chance().between(1, text.length())), false));
            life.preempt();
        }
        worker.line(new LogLine(line, text, false));
    }
}
