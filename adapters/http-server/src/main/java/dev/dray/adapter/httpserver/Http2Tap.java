package dev.dray.adapter.httpserver;

import dev.dray.port.inbound.RequestGate;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Method;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 connection: its thread reads all the time, each stream's request has a thread of its own.
///
/// A hang-up is the end of the connection for all its requests, or RST_STREAM for one. A connection on which no request
/// is open for `client-idle` is ended, whatever else it sends.
final class Http2Tap extends ClientConnection {
    /// Resets of streams that are not open are kept for a while: the bytes are seen here before the stream's thread has
    /// started. More than these can only be resets of streams that have ended.
    private static final int MAX_EARLY_RESETS = 256;

    private static final long FORGIVE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ListenerLimits limits;
    private final ConnectionSweep sweep;
    private final Thread reader = Thread.currentThread();
    private final FrameFollower frames = new FrameFollower(this::reset);
    private final ClientWait write;
    private final Http2Heads heads = new Http2Heads();
    private final Map<Integer, ClientExchange> exchanges = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Integer> earlyResets = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > MAX_EARLY_RESETS;
        }
    });
    private volatile boolean lost;

    /// When frames without work were last forgiven; the sweep's own.
    private long forgivenNanos;

    /// When no request was open for the first time; the sweep's own.
    private long quietSinceNanos;
    private boolean quiet;

    Http2Tap(ConnectionContext context, byte @Nullable [] unread, ListenerLimits limits, ConnectionSweep sweep) {
        super(context, unread);
        this.limits = limits;
        this.sweep = sweep;
        this.write = new ClientWait(limits);
    }

    /// What Helidon's code for HTTP/2 works in.
    TappedContext context(ConnectionContext original, Router router) {
        // Helidon lets one stream write at a time, so one wait is enough for all.
        var writer = new WatchedWriter(original.dataWriter(), write, heads);
        return new TappedContext(original, this, DataReader.create(this::read), writer, router);
    }

    @Override
    byte @Nullable [] read() {
        byte[] bytes = fromSocket();
        if (bytes != null) {
            frames.follow(bytes);
        }
        return bytes;
    }

    @Override
    ClientExchange exchange(RequestGate gate, RoutingRequest request, RoutingResponse response) {
        var answer = new Http2Answer(
                response,
                heads,
                request.id(),
                Method.HEAD.equals(request.prologue().method()));
        return new ClientExchange(gate, answer, new ClientWait(limits), request.id());
    }

    @Override
    void open(ClientExchange exchange) {
        sweep.requestBegan();
        exchanges.put(exchange.stream(), exchange);
        if (lost || wasReset(exchange.stream())) {
            exchange.hangUp();
        }
    }

    @Override
    void watch(ClientExchange exchange) {
        // Watched since its head: the connection's thread reads anyway.
    }

    @Override
    void close(ClientExchange exchange) {
        exchanges.remove(exchange.stream());
    }

    private void reset(int stream) {
        lock.lock();
        try {
            earlyResets.add(stream);
        } finally {
            lock.unlock();
        }
        ClientExchange exchange = exchanges.get(stream);
        if (exchange != null) {
            exchange.hangUp();
        }
    }

    private boolean wasReset(int stream) {
        lock.lock();
        try {
            return earlyResets.remove(stream);
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean look(long nowNanos) {
        write.check(nowNanos);
        if (nowNanos - forgivenNanos > FORGIVE_NANOS) {
            forgivenNanos = nowNanos;
            frames.forgive();
        }
        for (ClientExchange exchange : exchanges.values()) {
            exchange.look(nowNanos);
        }
        if (!exchanges.isEmpty()) {
            quiet = false;
            return true;
        }
        if (!quiet) {
            quiet = true;
            quietSinceNanos = nowNanos;
        } else if (nowNanos - quietSinceNanos > limits.clientIdle().toNanos()) {
            reader.interrupt();
        }
        return false;
    }

    @Override
    void cutOff() {
        exchanges.values().forEach(ClientExchange::cutOff);
        reader.interrupt();
    }

    @Override
    void served() {
        // A client hears of each refusal on its stream; what ends a connection is no answer to wait for.
    }

    @Override
    void lost() {
        lost = true;
        exchanges.values().forEach(ClientExchange::hangUp);
    }
}
