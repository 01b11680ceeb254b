package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One thread's waiting for its client, which the sweep ends when it lasts too long.
///
/// The waiting thread only swaps a number; the sweep notes when it first saw that number, so nobody reads a clock on
/// the request's way. Ending a wait means interrupting its thread: a virtual thread blocked on a socket then closes it,
/// plain or TLS, which nothing else does while the other side does not read.
///
/// The state counts waits, so that a new one is never taken for an old one; `kind` and `waiting` belong to the count
/// that is set after them. Owned by the waiting thread; [#check] and [#giveUp] belong to the sweep.
final class ClientWait {
    private static final long NONE = 0;
    private static final long EXPIRED = -1;

    private final ListenerLimits limits;
    private final AtomicLong state = new AtomicLong(NONE);
    private long count;
    private volatile Kind kind = Kind.IDLE;
    private volatile @Nullable Thread waiting;

    private long seenState;
    private long seenNanos;

    ClientWait(ListenerLimits limits) {
        this.limits = limits;
    }

    /// What is waited for.
    enum Kind {
        /// The first byte of a request.
        IDLE,
        /// The rest of a head.
        HEAD,
        /// More of a body.
        BODY,
        /// Room in the client's receive buffer.
        WRITE,
        /// The end of what a client sends that has its answer already.
        LINGER;

        private static final Duration LINGER_LIMIT = Duration.ofSeconds(5);

        private Duration limit(ListenerLimits limits) {
            return switch (this) {
                case IDLE, WRITE -> limits.clientIdle();
                case HEAD -> limits.headerTime();
                case BODY -> limits.bodyIdle();
                case LINGER -> LINGER_LIMIT;
            };
        }
    }

    /// The calling thread begins to wait; a wait that is going on turns into this one.
    ///
    /// @throws ClientGoneException if a wait was given up before
    void begin(Kind next) {
        waiting = Thread.currentThread();
        kind = next;
        swap(++count);
    }

    /// The wait is over.
    ///
    /// @throws ClientGoneException if it was given up
    void done() {
        swap(NONE);
    }

    private void swap(long next) {
        long found = state.get();
        if (found == EXPIRED || !state.compareAndSet(found, next)) {
            throw new ClientGoneException("client waited for too long", null);
        }
    }

    /// Ends the wait if it has lasted too long.
    ///
    /// @param nowNanos reading of the monotonic clock
    /// @return whether it was ended
    boolean check(long nowNanos) {
        long found = state.get();
        if (found != seenState) {
            seenState = found;
            seenNanos = nowNanos;
            return false;
        }
        if (found == NONE || found == EXPIRED) {
            return false;
        }
        return nowNanos - seenNanos > kind.limit(limits).toNanos() && end(found);
    }

    /// Ends whatever wait there is, and lets none begin.
    void giveUp() {
        long found = state.getAndSet(EXPIRED);
        Thread thread = waiting;
        if (found != NONE && found != EXPIRED && thread != null) {
            thread.interrupt();
        }
    }

    private boolean end(long found) {
        Thread thread = waiting;
        if (!state.compareAndSet(found, EXPIRED)) {
            return false;
        }
        if (thread != null) {
            thread.interrupt();
        }
        return true;
    }
}
