package dev.dray.adapter.httpserver;

import io.helidon.webserver.CloseConnectionException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sees an HTTP/1.1 client hang up while its request is worked on and nobody else reads.
///
/// If a request takes longer than a moment the sweep arms a second virtual thread that reads ahead: what it finds is
/// kept for the next request, in order and up to [#MAX_AHEAD]; the end of the stream ends the open request. Once armed,
/// that thread stays in its read when the request has ended, and the connection's thread waits for what it brings.
///
/// INVARIANT: at most one thread reads from the socket; `reading` says whether it is the second one. It and the other
/// fields are guarded by `lock`; the volatile ones may be read without it.
final class ReadAhead {
    private static final int MAX_AHEAD = 64 * 1024;

    private final ClientConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private volatile boolean reading;
    private volatile boolean ended;
    private volatile @Nullable ClientExchange current;

    /// The exchange seen at the sweep's last look; the sweep's own.
    private @Nullable ClientExchange seen;

    ReadAhead(ClientConnection connection) {
        this.connection = connection;
    }

    /// The next bytes, kept ones first; null at the end of the stream. The connection's own thread.
    byte @Nullable [] next() {
        lock.lock();
        try {
            while (reading && ahead.isEmpty() && !ended) {
                arrived.await();
            }
            byte[] kept = ahead.poll();
            if (kept != null) {
                aheadBytes -= kept.length;
                return kept;
            }
            if (ended) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("interrupted while waiting for the client", e);
        } finally {
            lock.unlock();
        }
        return connection.fromSocket();
    }

    /// From now on nothing but a hang-up is expected, for this request. The connection's own thread.
    void watch(ClientExchange exchange) {
        current = exchange;
        if (ended) {
            exchange.hangUp();
        }
    }

    /// The request has ended. The connection's own thread.
    void rest() {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
    }

    /// One look of the sweep: arms for a request that was open at the last look already.
    ///
    /// @return whether a request is open
    boolean look() {
        ClientExchange open = current;
        boolean again = open != null && open == seen;
        seen = open;
        if (again && !reading && !ended) {
            arm();
        }
        return open != null;
    }

    @Nullable
    ClientExchange current() {
        return current;
    }

    private void arm() {
        lock.lock();
        try {
            if (current == null || reading || ended || aheadBytes >= MAX_AHEAD) {
                return;
            }
            reading = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("dray-http-read-ahead").start(this::read);
    }

    private void read() {
        boolean more = true;
        while (more) {
            more = keep(bytesOrEnd());
        }
        ClientExchange open = current;
        if (ended && open != null) {
            open.hangUp();
        }
    }

    private byte @Nullable [] bytesOrEnd() {
        try {
            return connection.fromSocket();
        } catch (CloseConnectionException e) {
            return null;
        }
    }

    private boolean keep(byte @Nullable [] bytes) {
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                reading = false;
            } else {
                ahead.add(bytes);
                aheadBytes += bytes.length;
                reading = current != null && aheadBytes < MAX_AHEAD;
            }
            arrived.signal();
            return reading;
        } finally {
            lock.unlock();
        }
    }
}
