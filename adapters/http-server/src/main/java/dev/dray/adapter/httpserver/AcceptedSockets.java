package dev.dray.adapter.httpserver;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/// The sockets that Helidon has accepted and no [TappedConnection] has taken over yet.
///
/// Helidon shows a connection's socket nowhere but here, where it has its options set: on the accepting thread, one at
/// a time. What is never taken over, since its TLS handshake failed, is forgotten once it is closed.
final class AcceptedSockets implements SocketOptions {
    private static final int PROBES = 3;
    /// Of the time after which a client is lost, half passes before the first probe.
    private static final int PARTS = 2 * PROBES;
    /// Linux takes no more.
    private static final int MAX_SECONDS = 32_767;

    private final SocketOptions options;
    private final ClientCounts counts;
    private final Duration lost;
    private final Map<Ends, SocketChannel> waiting = new ConcurrentHashMap<>();

    /// @param lost how long a client may acknowledge nothing (`limits.client-lost`)
    AcceptedSockets(SocketOptions options, ClientCounts counts, Duration lost) {
        this.options = options;
        this.counts = counts;
        this.lost = lost;
    }

    @Override
    public void configureSocket(SocketChannel socket) {
        if (!counts.admits(socket)) {
            // Helidon closes a socket whose options fail.
            throw new CloseConnectionException("too many connections of one client");
        }
        options.configureSocket(socket);
        try {
            askWhetherStillThere(socket);
            waiting.put(new Ends(socket.getRemoteAddress(), socket.getLocalAddress()), socket);
        } catch (IOException e) {
            throw new CloseConnectionException("the client has gone already", e);
        }
    }

    /// A client that lost its power or its network says nothing more, and a request that waits would never end. The
    /// system asks only where nothing is on its way to the client; for the rest there is [LostClients].
    private void askWhetherStillThere(SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, seconds(2));
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds(PARTS));
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }

    private int seconds(int part) {
        return Math.clamp(lost.dividedBy(part).toSeconds(), 1, MAX_SECONDS);
    }

    // Not every system has them.
    private static void set(SocketChannel socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    /// The socket of a connection that begins.
    Optional<SocketChannel> take(ConnectionContext context) {
        var ends = new Ends(context.remotePeer().address(), context.localPeer().address());
        return Optional.ofNullable(waiting.remove(ends));
    }

    /// Connections that were one too many of their client. Any thread.
    long refused() {
        return counts.refused();
    }

    boolean none() {
        return waiting.isEmpty();
    }

    void forgetClosed() {
        if (!waiting.isEmpty()) {
            waiting.values().removeIf(socket -> !socket.isOpen());
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
