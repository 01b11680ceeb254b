package dev.dray.domain.admission;

import java.util.LinkedHashSet;
import java.util.Optional;

/// The lanes that share one queue, and that queue, strictly in order of arrival. Guarded by the worker's lock.
///
/// One model server gives a serial queue one lane; several servers would give it several. A parallel route is a group
/// of lanes that never runs out.
///
/// INVARIANT: while somebody waits, no lane is free.
public final class Lanes<R> {
    private final boolean serial;
    private int free;
    private final LinkedHashSet<Claim<R>> waiting = new LinkedHashSet<>();

    private Lanes(boolean serial, int free) {
        this.serial = serial;
        this.free = free;
    }

    /// As many lanes as there are model servers to share the queue; 1 or more.
    public static <R> Lanes<R> serial(int lanes) {
        if (lanes < 1) {
            throw new IllegalArgumentException("a serial queue needs 1 lane or more, got " + lanes);
        }
        return new Lanes<>(true, lanes);
    }

    /// A lane for everybody who comes.
    public static <R> Lanes<R> parallel() {
        return new Lanes<>(false, Integer.MAX_VALUE);
    }

    boolean isSerial() {
        return serial;
    }

    boolean take() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    void enqueue(Claim<R> claim) {
        waiting.addLast(claim);
    }

    boolean withdraw(Claim<R> claim) {
        return waiting.remove(claim);
    }

    /// Passes a lane on to the first who waits, who then holds it; frees it where nobody does.
    Optional<Claim<R>> passOn() {
        if (waiting.isEmpty()) {
            free++;
            return Optional.empty();
        }
        return Optional.of(waiting.removeFirst());
    }
}
