package dev.dray.domain.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps the effects on a queued request in order: whatever other threads do to it (its turn, its expulsion) is seen
/// outside only after its arrival was told. Thread-safe, without a lock.
final class Announcement {
    private static final State NOTHING_HELD = new Held(List.of());
    private static final State MADE = new Made();

    private final AtomicReference<State> state = new AtomicReference<>(NOTHING_HELD);

    /// The arrival was told: what was held back runs now, on this thread.
    void made() {
        if (state.getAndSet(MADE) instanceof Held(List<Runnable> effects)) {
            effects.forEach(Runnable::run);
        }
    }

    /// Runs an effect, now or by whoever calls [#made()].
    void then(Runnable effect) {
        while (true) {
            switch (state.get()) {
                case Made _ -> {
                    effect.run();
                    return;
                }
                case Held held -> {
                    if (state.compareAndSet(held, held.and(effect))) {
                        return;
                    }
                }
            }
        }
    }

    private sealed interface State {}

    private record Made() implements State {}

    private record Held(List<Runnable> effects) implements State {
        Held and(Runnable effect) {
            var more = new ArrayList<>(effects);
            more.add(effect);
            return new Held(List.copyOf(more));
        }
    }
}
