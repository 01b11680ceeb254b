package dev.dray.adapter.httpserver;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One accepted connection: finds out the protocol, then lets Helidon's code for it work through a tap.
///
/// The protocol is found out here and not by Helidon, so that a client that connects and says nothing is under the same
/// watch as any other.
final class TappedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final System.Logger LOGGER = System.getLogger(TappedConnection.class.getName());

    private final ConnectionContext context;
    private final TappedSelector parts;
    private final Optional<SocketChannel> channel;
    private volatile @Nullable ServerConnection delegate;
    private volatile @Nullable ClientConnection tap;

    TappedConnection(ConnectionContext context, TappedSelector parts) {
        this.context = context;
        this.parts = parts;
        this.channel = parts.sweep().accepted().take(context);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        var socket = context.serverSocket();
        boolean http2 = socket.protocolNegotiated() && "h2".equals(socket.protocol());
        Optional<byte[]> preface = http2 ? Optional.of(new byte[0]) : serveHttp1(limit);
        if (preface.isEmpty()) {
            return;
        }
        byte[] unread = preface.get().length == 0 ? null : preface.get();
        var tapped = new Http2Tap(context, unread, parts.limits(), parts.sweep());
        serve(tapped, tapped.context(context, parts.router()), parts.http2(), limit);
    }

    /// Serves HTTP/1; where the client turns out to speak HTTP/2, returns what it said so far.
    private Optional<byte[]> serveHttp1(Limit limit) throws InterruptedException {
        var tapped = new Http1Tap(context, channel, parts.limits(), parts.sweep());
        parts.sweep().add(tapped);
        try {
            byte[] first = firstBytes(tapped);
            switch (Protocol.of(first)) {
                case HTTP_2 -> {
                    return Optional.of(first);
                }
                case HTTP_1_0 -> {
                    tapped.speaksHttp10();
                    tapped.unread(Protocol.asHttp11(first));
                }
                case HTTP_1_1, UNDECIDED -> tapped.unread(first);
            }
            var reader = new Http1Bytes(tapped::read);
            var http1 = new TappedContext(context, tapped, reader, new TappedWriter(tapped), parts.router());
            serve(tapped, http1, parts.http1(), limit);
            return Optional.empty();
        } finally {
            parts.sweep().remove(tapped);
        }
    }

    private static byte[] firstBytes(Http1Tap tapped) {
        byte[] first = new byte[0];
        while (Protocol.of(first) == Protocol.UNDECIDED) {
            byte[] more = tapped.read();
            if (more == null) {
                throw new CloseConnectionException("the client hung up before its first request");
            }
            int known = first.length;
            first = Arrays.copyOf(first, known + more.length);
            System.arraycopy(more, 0, first, known, more.length);
        }
        return first;
    }

    private void serve(ClientConnection tapped, TappedContext within, ServerConnectionSelector protocol, Limit limit)
            throws InterruptedException {
        tap = tapped;
        parts.sweep().add(tapped);
        try {
            ServerConnection helidon = protocol.connection(within);
            delegate = helidon;
            helidon.handle(limit);
            tapped.served();
        } catch (CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            // What fails behind the gate is told there. This is a client's bytes that Helidon's parser choked on, or a
            // connection we ended: whoever can reach the port must not be able to fill the log with stacks.
            LOGGER.log(Level.DEBUG, "connection ended for what its client sent client={0}", tapped.remote(), e);
            throw new CloseConnectionException("the client's bytes cannot be read", e);
        } finally {
            tapped.lost();
            parts.sweep().remove(tapped);
        }
    }

    /// Helidon ends idle connections by this, also those with an open request; the sweep does it better.
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        ClientConnection tapped = tap;
        ServerConnection helidon = delegate;
        if (tapped != null) {
            tapped.closeAfterRequest();
        }
        if (helidon != null) {
            helidon.close(interrupt);
        }
    }

    @Override
    public boolean canInterrupt() {
        return delegate == null || (delegate instanceof InterruptableTask<?> task && task.canInterrupt());
    }
}
