package dev.dray.domain.worker;

import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.function.Function;

/// Probes one model server again and again, never two probes at once.
///
/// Called by decisions of the readiness side, so guarded by its lock. What a probe of an earlier watch
/// answers is not
/// judged; it only makes room for the next one.
final class HealthWatch {
    private final int server;
    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Function<Probe, Duration> judge;

    private boolean watching;
    // Counts beginnings and ends, so that timers and answers know whether they are meant.
    private long watch;
    private long probes;
    private boolean inTheAir;

    // Touched by effects alone, which run one at a time.
    private Timer timer = () -> {};

    /// @param server whom to probe
    /// @param judge called under the lock with each result that counts; gives the pause until the next
    ///     probe
    HealthWatch(int server, WorkerPorts ports, OrderedEffects effects, Function<Probe, Duration> judge) {
        this.server = server;
        this.ports = ports;
        this.effects = effects;
        this.judge = judge;
    }

    /// Starts probing, at once; begins anew where it was probing already.
    void begin() {
        end();
        watching = true;
        if (!inTheAir) {
            probe();
        }
    }

    /// Stops probing.
    void end() {
        if (watching) {
            watching = false;
            watch++;
            effects.later(() -> timer.cancel());
        }
    }

    private void probe() {
        inTheAir = true;
        long asked = watch;
        long number = ++probes;
        effects.later(() ->
                ports.health().probe(server, result -> effects.decide(() -> answered(number, asked, result))));
    }

    private void answered(long number, long asked, Probe result) {
        if (number != probes || !inTheAir) {
            return;
        }
        inTheAir = false;
        if (!watching) {
            return;
        }
        if (asked != watch) {
            probe();
            return;
        }
        Duration pause = judge.apply(result);
        effects.later(() -> timer = ports.timers().after(pause, () -> effects.decide(() -> pauseOver(asked))));
    }

    private void pauseOver(long asked) {
        if (watching && asked == watch && !inTheAir) {
            probe();
        }
    }
}
