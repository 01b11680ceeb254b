package dev.dray.domain.worker;

import dev.dray.domain.readiness.FaultText;
import dev.dray.domain.readiness.RestartPolicy;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.ModelProcess.Exit;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.Optional;

/// Keeps the model server's process running: starts it, starts it again when it ends, stops it with the
/// worker.
///
/// An end is a failure at once, whatever the worker is doing; its reason quotes the last lines. How long
/// to wait before the next start, and when to give up, is [RestartPolicy]'s.
final class ProcessKeeper implements ModelKeeper {
    /// Between asking the process to end and forcing it: the last request has ended, so it has nothing
    /// to finish.
    static final Duration GRACE = Duration.ofSeconds(5);

    /// The number of a run that does not exist.
    private static final long NONE = 0;

    private final ModelProcess process;
    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Told told;
    private final RestartPolicy policy = new RestartPolicy();
    private boolean closing;
    private long starts = NONE;
    private long running = NONE;

    // Touched by effects alone, which run one at a time.
    private Timer restart = () -> {};

    ProcessKeeper(ModelProcess process, WorkerPorts ports, OrderedEffects effects, Told told) {
        this.process = process;
        this.ports = ports;
        this.effects = effects;
        this.told = told;
    }

    @Override
    public void begin() {
        long run = ++starts;
        running = run;
        told.listener().starting();
        effects.later(() -> process.start(told.log(), exit -> effects.decide(() -> ended(run, exit))));
    }

    @Override
    public void ready() {
        policy.ranWell();
    }

    @Override
    public void drain() {
        closing = true;
        effects.later(() -> restart.cancel());
    }

    @Override
    public void end(Runnable done) {
        drain();
        effects.later(() -> process.stop(GRACE, () -> effects.decide(() -> effects.later(done))));
    }

    private void ended(long run, Exit exit) {
        if (run != running) {
            return;
        }
        running = NONE;
        if (closing) {
            return;
        }
        Optional<Duration> pause = policy.ended(ports.ticker().nanos());
        pause.ifPresentOrElse(wait -> startAgain(exit, wait), () -> giveUp(exit));
    }

    private void startAgain(Exit exit, Duration wait) {
        told.listener().failed(text(exit, "it is started again in %d s".formatted(wait.toSeconds())));
        effects.later(() -> restart = ports.timers().after(wait, () -> effects.decide(this::waited)));
    }

    private void waited() {
        if (!closing) {
            begin();
        }
    }

    private void giveUp(Exit exit) {
        String consequence = "that was end %d within %d minutes: it is not started again before the worker is"
                .formatted(RestartPolicy.MOST_ENDS, RestartPolicy.WINDOW.toMinutes());
        told.listener().gaveUp(text(exit, consequence));
    }

    private static String text(Exit exit, String consequence) {
        return FaultText.of("the model server's process %s; %s".formatted(exit.how(), consequence), exit.lastLines());
    }
}
