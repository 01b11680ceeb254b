package dev.dray.adapter.httpserver;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.net.SocketAddress;
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
    private static final int SECONDS_TO_FIRST_PROBE = 30;
    private static final int SECONDS_BETWEEN_PROBES = 10;
    private static final int PROBES = 3;

    private final SocketOptions options;
    private final ClientCounts counts;
    private final Map<Ends, SocketChannel> waiting = new ConcurrentHashMap<>();

    AcceptedSockets(SocketOptions options, ClientCounts counts) {
        this.options = options;
        this.counts = counts;
    }

    /// What tells one open connection from all others.
    private record Ends(SocketAddress remote, SocketAddress local) {}

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

    /// A client that lost its power or its network says nothing more, and a stream with a token now and then would go
    /// on
    /// into the void for a quarter of an hour. With this its request ends within a minute.
    private static void askWhetherStillThere(SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS_TO_FIRST_PROBE);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_BETWEEN_PROBES);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
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
