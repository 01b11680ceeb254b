package dev.dray.app.simulate;

import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One life of the worker's process, as all actors around it know it: time, chance, and whether it still lasts.
///
/// What an actor has left for later is not done once the process is gone. Everything runs on one thread; what would be
/// other threads comes in between at the places where the worker calls out, see [#preempt()].
final class Life {
    /// How late a timer may be, in nanoseconds.
    static final long TIMER_SLACK = 20_000_000;

    private static final int TIMER_LATE_PERCENT = 4;
    private static final int PREEMPTED_ONE_IN = 60;
    private static final int MOST_WITHIN = 2;
    private static final int MOST_CALLS_TO_INTERJECTION = 30;

    private final ManualTimers queue;
    private final Chance chance;
    private final Trace trace;
    private final Map<Fault, Long> faults;
    private final Map<Outcome, Long> outcomes;
    private final List<Runnable> mischief = new ArrayList<>();
    private @Nullable Runnable interjection;
    private int callsToInterjection;
    private boolean over;
    private int within;

    Life(ManualTimers queue, Chance chance, Trace trace, Map<Fault, Long> faults, Map<Outcome, Long> outcomes) {
        this.queue = queue;
        this.chance = chance;
        this.trace = trace;
        this.faults = faults;
        this.outcomes = outcomes;
    }

    Chance chance() {
        return chance;
    }

    ManualTimers queue() {
        return queue;
    }

    /// Virtual time in nanoseconds since the history began.
    long now() {
        return queue.ticker().passedNanos();
    }

    /// Whether the process is gone.
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /// Whether no call of the worker's is on the stack beside the one event that is being carried out.
    boolean isOutermost() {
        return within == 0;
    }

    /// Does something later, if the process is still there.
    Timers.Timer later(long nanos, Runnable task) {
        return queue.afterNanos(nanos, () -> {
            if (!over) {
                task.run();
            }
        });
    }

    /// The worker's timers; now and then they are late.
    Timers timers() {
        return (delay, task) -> later(delay.toNanos() + lateness(delay), task);
    }

    private long lateness(Duration delay) {
        return delay.isPositive() && chance.percent(TIMER_LATE_PERCENT) ? chance.micros(0, TIMER_SLACK / 1_000) : 0;
    }

    void note(String actor, long number, Object what) {
        trace.note(now(), actor, number, what);
    }

    /// Counts and notes a fault.
    void fault(Fault fault, String actor, long number) {
        count(fault);
        trace.note(now(), actor, number, fault);
    }

    void count(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    /// Counts what became of a request.
    void count(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /// Something another thread may do at any moment.
    void mischief(Runnable task) {
        mischief.add(task);
    }

    /// Has another thread do something one of the next times that the worker calls out, in the midst of whatever it
    /// does then.
    void interject(Runnable task) {
        interjection = task;
        callsToInterjection = chance.below(MOST_CALLS_TO_INTERJECTION);
    }

    /// The thread that is here may lose the processor to others for a while. Called wherever the worker calls out.
    ///
    /// @return how long, in nanoseconds
    long preempt() {
        Runnable interjected = interjection;
        if (interjected != null && !over && callsToInterjection-- <= 0) {
            interjection = null;
            return within(interjected);
        }
        if (over || within >= MOST_WITHIN || mischief.isEmpty() || !chance.oneIn(PREEMPTED_ONE_IN)) {
            return 0;
        }
        return within(() -> {
            fault(Fault.THREAD_PREEMPTED, "thread", 0);
            for (int i = chance.between(1, 3); i > 0; i--) {
                if (chance.percent(50)) {
                    chance.pick(mischief).run();
                } else {
                    // What is due within a moment is done by another thread meanwhile.
                    queue.advance(Duration.ofNanos(chance.micros(0, 5_000)));
                }
            }
        });
    }

    /// The thread that is here is stuck for so long, while all others go on.
    ///
    /// @return how long, in nanoseconds
    long stuck(long nanos) {
        return within >= MOST_WITHIN ? 0 : within(() -> queue.advance(Duration.ofNanos(nanos)));
    }

    private long within(Runnable others) {
        long before = now();
        within++;
        try {
            others.run();
        } finally {
            within--;
        }
        return now() - before;
    }
}
