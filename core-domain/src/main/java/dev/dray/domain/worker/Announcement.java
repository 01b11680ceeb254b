package dev.dray.domain.worker;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Keeps the effects on a queued request in order: whatever other threads do to it (its turn, its expulsion) is seen
/// outside only after its arrival was told. Thread-safe, without a lock.
final class Announcement {
    private static final Runnable MADE = () -> {};

    // null: not made, nothing held back; MADE: made; else what is held back until then.
    private final AtomicReference<@Nullable Runnable> held = new AtomicReference<>();

    /// The arrival was told: what was held back runs now, on this thread.
    void made() {
        Runnable effects = held.getAndSet(MADE);
        if (effects != null) {
            effects.run();
        }
    }

    /// Runs an effect, now or by whoever calls [#made()].
    void then(Runnable effect) {
        while (true) {
            Runnable before = held.get();
            if (before == MADE) {
                effect.run();
                return;
            }
            Runnable both = before == null ? effect : inOrder(before, effect);
            if (held.compareAndSet(before, both)) {
                return;
            }
        }
    }

    private static Runnable inOrder(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }
}
