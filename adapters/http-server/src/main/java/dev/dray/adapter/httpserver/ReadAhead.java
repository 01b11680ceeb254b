package dev.dray.adapter.httpserver;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sees an HTTP/1.1 client hang up while its request is worked on and nobody else reads.
///
/// If a request takes longer than a moment the sweep has somebody else read ahead: what comes is kept for
/// the next request, in order and up to [#MAX_AHEAD]; the end of the stream ends the open request. Once
/// armed, that one goes on when the request has ended, and the connection's thread waits for what it
/// brings. It is the [ClientLoop], or where a channel alone does not tell, under TLS, a second virtual
/// thread.
///
/// INVARIANT: at most one thread reads from the socket; `reading` says whether it is that other one. A
/// channel that the loop can watch does not block while a request is open or `reading` is set, and blocks
/// at all other times. `reading` and the other fields are guarded by `lock`; the volatile ones may be
/// read without it.
final class ReadAhead {
    private static final int MAX_AHEAD = 64 * 1024;

    private final Source socket;
    private @Nullable ChannelWatch loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private volatile boolean reading;
    private volatile boolean ended;
    private volatile @Nullable ClientExchange current;

    /// The exchange seen at the sweep's last look; the sweep's own.
    private @Nullable ClientExchange seen;

    /// Where bytes come from when nobody has read ahead.
    interface Source {
        /// Waits for the next bytes; null at the end of the stream.
        byte @Nullable [] next();
    }

    ReadAhead(Source socket) {
        this.socket = socket;
    }

    /// From now on the loop reads ahead. Before the first request.
    void readBy(ChannelWatch newLoop) {
        loop = newLoop;
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
        return socket.next();
    }

    /// From now on nothing but a hang-up is expected, for this request. The connection's own thread.
    void watch(ClientExchange exchange) {
        lock.lock();
        try {
            current = exchange;
            block(false);
        } finally {
            lock.unlock();
        }
        if (ended) {
            exchange.hangUp();
        }
    }

    /// The request has ended. The connection's own thread.
    void rest() {
        lock.lock();
        try {
            current = null;
            block(true);
        } finally {
            lock.unlock();
        }
    }

    // Costs no call to the system: a channel that a virtual thread has used only notes it.
    private void block(boolean blocks) {
        ChannelWatch watched = loop;
        if (watched == null || reading) {
            return;
        }
        try {
            watched.channel().configureBlocking(blocks);
        } catch (IOException e) {
            // Closed: the next who reads or writes hears of it.
        }
    }

    /// The connection has ended. The connection's own thread.
    void lost() {
        ChannelWatch watched = loop;
        if (watched != null && reading) {
            watched.close();
        }
    }

    /// One look of the sweep: arms for a request that was open at the last look already.
    ///
    /// @return whether a request is open
    boolean look() {
        ClientExchange open = current;
        boolean again = open != null && open == seen;
        seen = open;
        if (again && !reading && !ended && (loop == null || loop.isWatched())) {
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
        ChannelWatch watched = loop;
        if (watched != null) {
            watched.forBytes();
        } else {
            Thread.ofVirtual().name("dray-http-read-ahead").start(this::read);
        }
    }

    /// What the loop has read, null at the end of the stream. The loop's thread.
    ///
    /// @return whether it is to read on; if not, [#released()] follows
    boolean arrived(byte @Nullable [] bytes) {
        boolean more = take(bytes);
        ClientExchange open = current;
        if (bytes == null && open != null) {
            open.hangUp();
        }
        return more;
    }

    /// The loop does not read any more. The loop's thread.
    void released() {
        lock.lock();
        try {
            reading = false;
            block(current == null);
            arrived.signal();
        } finally {
            lock.unlock();
        }
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
            return socket.next();
        } catch (CloseConnectionException e) {
            return null;
        }
    }

    private boolean keep(byte @Nullable [] bytes) {
        lock.lock();
        try {
            reading = take(bytes);
            arrived.signal();
            return reading;
        } finally {
            lock.unlock();
        }
    }

    /// @return whether there is a reason to read on
    private boolean take(byte @Nullable [] bytes) {
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                return false;
            }
            ahead.add(bytes);
            aheadBytes += bytes.length;
            return current != null && aheadBytes < MAX_AHEAD;
        } finally {
            lock.unlock();
        }
    }
}
