package dev.dray.domain.worker;

import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.Timers.Timer;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.util.Optional;

/// Asks the URLs of a plugin's [ReadinessProbe], round after round, until all of one round answer well
/// or the time is up.
///
/// Called by decisions of the readiness side, so guarded by its lock. What a round that is not meant any
/// more still brings in is not counted.
final class LoadProbe {
    private final Optional<ReadinessProbe> rule;
    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Outcome outcome;

    private boolean probing;
    // Counts beginnings and ends, so that timers and answers know whether they are meant.
    private long watch;
    private long deadlineNanos;
    // Of the round in the air.
    private int unanswered;
    private Probe worst = new Probe.Good();

    // Touched by effects alone, which run one at a time.
    private Timer timer = () -> {};

    /// @param rule empty: never probes
    LoadProbe(Optional<ReadinessProbe> rule, WorkerPorts ports, OrderedEffects effects, Outcome outcome) {
        this.rule = rule;
        this.ports = ports;
        this.effects = effects;
        this.outcome = outcome;
    }

    /// How probing ended by itself; called under the lock, at most once for each beginning.
    interface Outcome {
        /// All URLs answered well.
        void loaded();

        /// They did not in time.
        ///
        /// @param reason for a person, with the last bad answer; never empty
        void probedInVain(String reason);
    }

    /// A run of the model server begins: its time counts from now.
    void begin() {
        end();
        if (rule.isPresent()) {
            probing = true;
            worst = new Probe.Good();
            deadlineNanos = ports.ticker().nanos() + rule.get().deadline().toNanos();
            roundAfter(rule.get().delay());
        }
    }

    /// Stops probing.
    void end() {
        if (probing) {
            probing = false;
            watch++;
            effects.later(() -> timer.cancel());
        }
    }

    private void roundAfter(Duration pause) {
        long asked = watch;
        Duration left = left();
        Duration wait = pause.compareTo(left) < 0 ? pause : left;
        effects.later(() ->
                timer = ports.timers().after(wait, () -> decide(asked, () -> round(rule.orElseThrow(), asked))));
    }

    private void round(ReadinessProbe probe, long asked) {
        Duration left = left();
        if (!left.isPositive()) {
            giveUp(probe);
            return;
        }
        // No question outlives the deadline.
        Duration timeOut = probe.timeOut().compareTo(left) < 0 ? probe.timeOut() : left;
        unanswered = probe.urls().size();
        worst = new Probe.Good();
        for (String url : probe.urls()) {
            effects.later(() -> ports.health()
                    .ask(url, timeOut, answer -> decide(asked, () -> answered(probe, named(url, answer)))));
        }
    }

    private void answered(ReadinessProbe probe, Probe answer) {
        unanswered--;
        if (answer instanceof Probe.Bad) {
            worst = answer;
        }
        if (unanswered > 0) {
            return;
        }
        switch (worst) {
            case Probe.Good() -> {
                end();
                outcome.loaded();
            }
            case Probe.Bad _ -> roundAfter(probe.interval());
        }
    }

    private void giveUp(ReadinessProbe probe) {
        end();
        String last = worst instanceof Probe.Bad(String reason) ? ": " + reason : "";
        outcome.probedInVain(
                "the readiness probe gave up after " + probe.deadline().toSeconds() + " s" + last);
    }

    private static Probe named(String url, Probe answer) {
        return answer instanceof Probe.Bad(String reason) ? new Probe.Bad(url + ": " + reason) : answer;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - ports.ticker().nanos()));
    }

    private void decide(long asked, Runnable decision) {
        effects.decide(() -> {
            if (probing && asked == watch) {
                decision.run();
            }
        });
    }
}
