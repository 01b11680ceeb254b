package dev.dray.adapter.modelclient;

import dev.dray.port.outbound.Ticker;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Idle connections to one model server, the last used on top, and a count of all that exist.
///
/// Owned by [HttpModelServer]; `lock` guards every field that changes and is never held while a socket is touched.
final class ConnectionPool {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Ticker ticker;
    private final long keepAliveNanos;
    private final int most;
    private int existing;
    private boolean closed;

    ConnectionPool(Ticker ticker, long keepAliveNanos, OptionalInt maxConnections) {
        this.ticker = ticker;
        this.keepAliveNanos = keepAliveNanos;
        this.most = maxConnections.orElse(Integer.MAX_VALUE);
    }

    /// Takes an idle connection that is fit for another request, or the right to open one: then the result is
    /// `null`, and the caller gives the right back with [#free] or the connection with [#discard] or [#release].
    ///
    /// Waits while all permitted connections are in use, at most as long as for the first byte of an answer.
    @Nullable
    Connection acquire(Flight flight) throws AsynchronousCloseException, InterruptedIOException {
        while (true) {
            Connection candidate = popOrReserve(flight);
            if (candidate == null) {
                return null;
            }
            if (ticker.nanos() - candidate.idleSinceNanos() < keepAliveNanos && candidate.quiet()) {
                return candidate;
            }
            discard(candidate);
        }
    }

    private @Nullable Connection popOrReserve(Flight flight) throws AsynchronousCloseException, InterruptedIOException {
        lock.lock();
        try {
            if (idle.isEmpty() && existing >= most) {
                flight.awaitingFirstByte();
            }
            while (idle.isEmpty() && existing >= most) {
                if (flight.isOver()) {
                    throw new AsynchronousCloseException();
                }
                freed.await();
            }
            Connection top = idle.pollFirst();
            if (top == null) {
                existing++;
            }
            return top;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a connection");
        } finally {
            lock.unlock();
        }
    }

    /// Puts a connection back that carried a whole response and may carry another.
    void release(Connection connection) {
        connection.idleSince(ticker.nanos());
        lock.lock();
        try {
            if (!closed && keepAliveNanos > 0) {
                idle.addFirst(connection);
                freed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(connection);
    }

    /// Closes a connection that must not be used again.
    void discard(Connection connection) {
        connection.close();
        free();
    }

    /// Gives back the right to one connection.
    void free() {
        lock.lock();
        try {
            existing--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Lets all who wait look whether their flight is over.
    void wake() {
        lock.lock();
        try {
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the idle connections that are too old to be used again.
    void evict(long nowNanos) {
        List<Connection> old = new ArrayList<>();
        lock.lock();
        try {
            // The longest idle is at the bottom.
            for (Connection last = idle.peekLast(); last != null && tooOld(last, nowNanos); last = idle.peekLast()) {
                old.add(idle.removeLast());
            }
        } finally {
            lock.unlock();
        }
        old.forEach(this::discard);
    }

    private boolean tooOld(Connection connection, long nowNanos) {
        return closed || nowNanos - connection.idleSinceNanos() >= keepAliveNanos;
    }

    ConnectionCounts counts() {
        lock.lock();
        try {
            return new ConnectionCounts(existing, idle.size());
        } finally {
            lock.unlock();
        }
    }

    /// Closes what is idle, and from now on what is given back.
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        evict(0);
    }
}
