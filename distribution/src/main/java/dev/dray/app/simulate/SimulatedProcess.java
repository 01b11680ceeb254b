package dev.dray.app.simulate;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A model server as the worker's own process: started by it, started again by it, stopped by it.
final class SimulatedProcess implements ModelProcess, SimulatedServer.Voice {
    private final SimulatedServer server;
    private final Life life;
    private boolean begun;
    private @Nullable Consumer<Exit> ended;
    private @Nullable SimulatedLog log;

    SimulatedProcess(SimulatedServer server, Life life) {
        this.server = server;
        this.life = life;
        server.keptByOthers();
        server.voice(this);
    }

    @Override
    public void start(ObserveModelLog output, Consumer<Exit> whenEnded) {
        if (ended != null) {
            throw new IllegalStateException("the process of model server " + server.place() + " runs already");
        }
        if (life.chance().percent(8)) {
            life.fault(Fault.PROCESS_NOT_STARTED, "model server", server.place());
            life.later(
                    life.chance().micros(10, 5_000),
                    () -> whenEnded.accept(new Exit("could not be started", List.of())));
            return;
        }
        ended = whenEnded;
        log = new SimulatedLog(output, life);
        output.runBegan("simulated process");
        output.caughtUp();
        if (begun) {
            server.boot();
        } else {
            begun = true;
            server.start();
        }
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        long takes = life.chance().millis(0, grace.toMillis());
        life.later(takes, () -> {
            if (ended != null) {
                server.die("was killed by signal 15");
            }
            done.run();
        });
    }

    @Override
    public void loading() {
        if (log != null) {
            log.say("loading weights");
        }
    }

    @Override
    public void loaded() {
        if (log != null) {
            log.loaded();
        }
    }

    @Override
    public void died(String how) {
        Consumer<Exit> listener = ended;
        SimulatedLog last = log;
        ended = null;
        log = null;
        if (listener == null || last == null) {
            return;
        }
        last.died(how);
        // Its last line is told before its end, which is noticed a moment later.
        life.later(life.chance().micros(0, 2_000), () -> listener.accept(new Exit(how, List.of("its last line"))));
    }
}
