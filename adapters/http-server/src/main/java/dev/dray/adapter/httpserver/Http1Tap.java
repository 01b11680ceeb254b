package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.inbound.RequestGate;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 connection: one request at a time, one thread for all of them.
///
/// While a request is worked on, nobody reads, so nobody would see the client hang up. If it takes longer than a moment
/// the sweep arms a second virtual thread that reads ahead: what it finds is kept for the next request, in order and up
/// to [#MAX_AHEAD]; the end of the stream ends the open request. Once armed, that thread stays in its read when the
/// request has ended, and the connection's thread waits for what it brings.
///
/// INVARIANT: at most one thread reads from the socket; `reading` says whether it is the second one. It and the other
/// fields of the read-ahead are guarded by `lock`.
final class Http1Tap extends ClientConnection {
    private static final int MAX_AHEAD = 64 * 1024;
    private static final int WRITE_SLICE = 64 * 1024;

    private final ConnectionSweep sweep;
    private final ClientWait wait;
    private boolean inHead;
    private boolean inRequest;
    private boolean http10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private volatile boolean reading;
    private volatile boolean ended;
    private volatile @Nullable ClientExchange current;

    /// The exchange seen at the sweep's last look; the sweep's own.
    private @Nullable ClientExchange seen;

    Http1Tap(ConnectionContext context, ListenerLimits limits, ConnectionSweep sweep) {
        super(context, null);
        this.sweep = sweep;
        this.wait = new ClientWait(limits);
    }

    /// The client speaks HTTP/1.0: no chunks, and the connection ends with the answer.
    void speaksHttp10() {
        http10 = true;
        closeAfterRequest();
    }

    boolean http10() {
        return http10;
    }

    @Override
    byte @Nullable [] read() {
        if (inRequest || inHead) {
            return next();
        }
        try {
            wait.begin(ClientWait.Kind.IDLE);
            byte[] first = next();
            wait.begin(ClientWait.Kind.HEAD);
            inHead = true;
            return first;
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client kept us waiting", e);
        }
    }

    private byte @Nullable [] next() {
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
        return fromSocket();
    }

    @Override
    ClientExchange exchange(RequestGate gate, RoutingRequest request, RoutingResponse response) {
        boolean answersHead = Method.HEAD.equals(request.prologue().method());
        boolean keepAlive = !request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        return new ClientExchange(gate, new Http1Answer(this, answersHead, keepAlive), wait, 0);
    }

    @Override
    void open(ClientExchange exchange) {
        inHead = false;
        inRequest = true;
        wait.done();
    }

    @Override
    void watch(ClientExchange exchange) {
        current = exchange;
        sweep.requestBegan();
        if (ended) {
            exchange.hangUp();
        }
    }

    @Override
    void close(ClientExchange exchange) {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
        inRequest = false;
    }

    /// Writes all of it, blocking while the client is slow.
    ///
    /// @throws ClientGoneException if it is gone, or has not read for too long
    void write(byte[] array, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at += WRITE_SLICE) {
            // A slice at a time, so that a slow client that does read is not taken for one that does not.
            writeSlice(array, at, Math.min(WRITE_SLICE, end - at));
        }
    }

    private void writeSlice(byte[] array, int offset, int length) {
        wait.begin(ClientWait.Kind.WRITE);
        try {
            socket().write(BufferData.create(array, offset, length));
        } catch (UncheckedIOException e) {
            throw new ClientGoneException("the client's connection broke", e);
        } finally {
            wait.done();
        }
    }

    /// Reads and forgets what the client still sends, for a while: closing at once would reset the connection and take
    /// the answer away from a client that is still sending.
    void linger() {
        wait.begin(ClientWait.Kind.LINGER);
        byte[] dropped = next();
        while (dropped != null) {
            dropped = next();
        }
        wait.done();
    }

    @Override
    boolean look(long nowNanos) {
        wait.check(nowNanos);
        ClientExchange open = current;
        boolean again = open != null && open == seen;
        seen = open;
        if (again && !reading && !ended) {
            arm();
        }
        return open != null;
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
        Thread.ofVirtual().name("dray-http-read-ahead").start(this::readAhead);
    }

    private void readAhead() {
        boolean more = true;
        while (more) {
            more = keep(aheadOrEnd());
        }
        ClientExchange open = current;
        if (ended && open != null) {
            open.hangUp();
        }
    }

    private byte @Nullable [] aheadOrEnd() {
        try {
            return fromSocket();
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

    @Override
    void cutOff() {
        ClientExchange open = current;
        if (open != null) {
            open.cutOff();
        }
        wait.giveUp();
    }

    @Override
    void lost() {
        ended = true;
    }
}
