package dev.dray.adapter.httpserver;

import dev.dray.port.inbound.RequestGate;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// One client's connection: hands its bytes to Helidon, and sees when the client hangs up or keeps us waiting.
///
/// A hang-up is the end of the stream or a reset; a client that only shuts down its sending half counts as gone too,
/// since nothing tells the two apart before the answer is written.
abstract sealed class ClientConnection permits Http1Tap, Http2Tap {
    private final HelidonSocket socket;
    private final PeerInfo peer;
    private final PeerInfo local;
    private byte @Nullable [] unread;
    private @Nullable String remote;
    private volatile boolean closing;

    ClientConnection(ConnectionContext context, byte @Nullable [] unread) {
        this.socket = context.serverSocket();
        this.peer = context.remotePeer();
        this.local = context.localPeer();
        this.unread = unread;
    }

    /// The next bytes for Helidon's parser; null at the end of the stream. The connection's own thread.
    abstract byte @Nullable [] read();

    /// Makes what carries one request. The request's own thread.
    abstract ClientExchange exchange(RequestGate gate, RoutingRequest request, RoutingResponse response);

    /// The head of a request has been read. The request's own thread.
    abstract void open(ClientExchange exchange);

    /// The body has been read: from here on only a hang-up is expected of this client. The request's own thread.
    abstract void watch(ClientExchange exchange);

    /// The request has ended. The request's own thread.
    abstract void close(ClientExchange exchange);

    /// One look of the sweep.
    ///
    /// @return whether a request is open
    abstract boolean look(long nowNanos);

    /// Ends the connection whatever it does. Any thread.
    abstract void cutOff();

    /// Helidon will neither read nor write any more on this connection, which still stands. The
    /// connection's own thread.
    abstract void served();

    /// The connection has ended: nobody is there for the requests that are still open.
    abstract void lost();

    /// Bytes from the socket, or those that were read while the protocol was being found out.
    final byte @Nullable [] fromSocket() {
        byte[] first = unread;
        if (first != null) {
            unread = null;
            return first;
        }
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the client's connection broke", e);
        }
    }

    /// Gives bytes back that were read too early; the next [#fromSocket()] returns them.
    final void unread(byte[] bytes) {
        unread = bytes;
    }

    final HelidonSocket socket() {
        return socket;
    }

    /// Address and port of the client.
    final String remote() {
        String known = remote;
        if (known == null) {
            known = peer.host() + ":" + peer.port();
            remote = known;
        }
        return known;
    }

    final Ends ends() {
        return new Ends(peer.address(), local.address());
    }

    /// This connection takes no further request.
    final void closeAfterRequest() {
        closing = true;
    }

    final boolean closing() {
        return closing;
    }
}
