package dev.dray.domain.worker;

import dev.dray.domain.admission.Admission;
import dev.dray.domain.ledger.Ledger;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.Ticker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Requests that wait for the first READY, in order of arrival. Shares the lock of [RequestBooks].
/// Thread-safe.
///
/// From the beginning of their release until the last has gone on, newcomers queue behind them.
final class HeldBooks {
    private final ReentrantLock lock;
    private final Admission<?> admission;
    private final Ledger ledger;
    private final Ticker ticker;
    private final LinkedHashSet<Held> waiting = new LinkedHashSet<>();
    private boolean goingOn;
    private volatile boolean open;

    /// @param open whether nobody waits here at all
    HeldBooks(ReentrantLock lock, Admission<?> admission, Ledger ledger, Ticker ticker, boolean open) {
        this.lock = lock;
        this.admission = admission;
        this.ledger = ledger;
        this.ticker = ticker;
        this.open = open;
    }

    /// What became of a request that wants to wait.
    enum Parked {
        WAITS,
        /// Nobody has to wait any more.
        PASSES,
        /// The worker has as many requests as it may; it is booked as shed.
        FULL
    }

    /// Whether nobody has to wait any more; stays true once it is. Without the lock.
    boolean isOpen() {
        return open;
    }

    Parked park(Held held) {
        lock.lock();
        try {
            if (open) {
                return Parked.PASSES;
            }
            if (admission.isFull(waiting.size() + (goingOn ? 1 : 0))) {
                ledger.shed(held.entry(), ticker.nanos());
                return Parked.FULL;
            }
            waiting.addLast(held);
            return Parked.WAITS;
        } finally {
            lock.unlock();
        }
    }

    /// The next one that goes on; where there is none, nobody has to wait any more.
    Optional<Held> next() {
        lock.lock();
        try {
            goingOn = !waiting.isEmpty();
            if (goingOn) {
                return Optional.of(waiting.removeFirst());
            }
            open = true;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Takes a request out and books its end.
    ///
    /// @return whether it was waiting; else nothing happened
    boolean leave(Held held, Outcome outcome) {
        lock.lock();
        try {
            if (!waiting.remove(held)) {
                return false;
            }
            ledger.refuse(held.entry(), outcome, ticker.nanos());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes all out and books them as rejected; nobody has to wait any more.
    List<Held> dismiss() {
        lock.lock();
        try {
            open = true;
            List<Held> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(held -> ledger.refuse(held.entry(), Outcome.REJECTED, ticker.nanos()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Under the lock.
    int size() {
        return waiting.size();
    }
}
