package dev.dray.app.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happened in a history, in order: all of it for who listens, the end of it for who asks when it has broken.
///
/// Words are made only when somebody reads them: a history that keeps its promises prints nothing.
final class Trace {
    private static final int KEPT = 64;

    private final long[] nanos = new long[KEPT];
    private final String[] actors = new String[KEPT];
    private final long[] numbers = new long[KEPT];
    private final Object[] words = new Object[KEPT];
    private final @Nullable Consumer<String> listener;
    private long noted;

    /// @param listener hears every line; null for nobody
    Trace(@Nullable Consumer<String> listener) {
        this.listener = listener;
    }

    /// @param at     virtual time in nanoseconds
    /// @param number of the one it is about; 0 for none
    /// @param what   immutable; its text says it
    void note(long at, String actor, long number, Object what) {
        int place = (int) (noted++ % KEPT);
        nanos[place] = at;
        actors[place] = actor;
        numbers[place] = number;
        words[place] = what;
        if (listener != null) {
            listener.accept(line(place));
        }
    }

    /// The last events, oldest first.
    List<String> last() {
        var lines = new ArrayList<String>();
        for (long i = Math.max(0, noted - KEPT); i < noted; i++) {
            lines.add(line((int) (i % KEPT)));
        }
        return lines;
    }

    /// How a moment of virtual time is written.
    static String seconds(long nanos) {
        return "%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private String line(int place) {
        String who = numbers[place] == 0 ? actors[place] : actors[place] + " " + numbers[place];
        return "%14s  %s: %s".formatted(seconds(nanos[place]), who, EventWords.of(words[place]));
    }
}
