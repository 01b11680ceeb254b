package dev.dray.domain.worker;

import dev.dray.port.outbound.Timers.Timer;
import org.jspecify.annotations.Nullable;

/// A timer that one thread sets and another stops: once stopped, none is left behind, whichever came
/// first. Thread-safe, without a lock.
final class Alarm {
    private volatile boolean stopped;
    private volatile @Nullable Timer timer;

    // The timer is written before the flag is read, the flag before the timer: one side always sees the other.
    void set(Timer next) {
        timer = next;
        if (stopped) {
            next.cancel();
        }
    }

    void stop() {
        stopped = true;
        Timer known = timer;
        if (known != null) {
            known.cancel();
        }
    }
}
