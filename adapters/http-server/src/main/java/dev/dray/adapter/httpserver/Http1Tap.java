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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 connection: one request at a time, one thread for all of them, and a [ReadAhead] beside
/// it.
final class Http1Tap extends ClientConnection {
    private static final int WRITE_SLICE = 64 * 1024;

    private final Optional<SocketChannel> channel;
    private final ConnectionSweep sweep;
    private final ClientWait wait;
    private boolean inHead;
    private boolean inRequest;
    private boolean http10;

    private final ReadAhead ahead = new ReadAhead(this::fromSocket);

    // Where the channel's bytes are the client's own; not under TLS.
    private final @Nullable ChannelWatch watch;

    /// @param channel the socket below everything, where it is known
    Http1Tap(ConnectionContext context, Optional<SocketChannel> channel, ListenerLimits limits, ConnectionSweep sweep) {
        super(context, null);
        this.channel = channel;
        this.sweep = sweep;
        this.wait = new ClientWait(limits);
        this.watch = channel.filter(_ -> !context.isSecure())
                .map(plain -> new ChannelWatch(plain, sweep.clients(), ahead))
                .orElse(null);
        if (watch != null) {
            ahead.readBy(watch);
        }
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
            return ahead.next();
        }
        try {
            wait.begin(ClientWait.Kind.IDLE);
            byte[] first = ahead.next();
            wait.begin(ClientWait.Kind.HEAD);
            inHead = true;
            return first;
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client kept us waiting", e);
        }
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
        ahead.watch(exchange);
        sweep.requestBegan();
    }

    @Override
    void close(ClientExchange exchange) {
        ahead.rest();
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
            put(array, offset, length);
        } catch (UncheckedIOException | IOException e) {
            throw new ClientGoneException("the client's connection broke", e);
        } finally {
            wait.done();
        }
    }

    private void put(byte[] array, int offset, int length) throws IOException {
        ChannelWatch plain = watch;
        if (plain == null) {
            socket().write(BufferData.create(array, offset, length));
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(array, offset, length);
        plain.channel().write(bytes);
        while (bytes.hasRemaining()) {
            if (!plain.channel().isBlocking()) {
                plain.awaitRoom();
            }
            plain.channel().write(bytes);
        }
    }

    /// Whether [#offer] may be used while a request is open.
    boolean takesOffers() {
        return watch != null;
    }

    /// Writes what the client takes at once.
    ///
    /// @return how many bytes that were
    /// @throws ClientGoneException if it is gone
    int offer(byte[] array, int length) {
        ChannelWatch plain = watch;
        if (plain == null) {
            throw new IllegalStateException("this connection takes no offers");
        }
        try {
            return plain.channel().write(ByteBuffer.wrap(array, 0, length));
        } catch (IOException e) {
            throw new ClientGoneException("the client's connection broke", e);
        }
    }

    /// Says that this was the last answer, and reads and forgets what the client still sends, for a while:
    /// closing at once would reset the connection and take the answer away from a client that is still
    /// sending.
    void linger() {
        wait.begin(ClientWait.Kind.LINGER);
        if (watch != null) {
            watch.endAnswers();
        }
        byte[] dropped = ahead.next();
        while (dropped != null) {
            dropped = ahead.next();
        }
        wait.done();
    }

    /// Helidon refuses a head by an answer of its own, with the rest of that head unread.
    @Override
    void served() {
        if (!inHead) {
            return;
        }
        try {
            linger();
        } catch (ClientGoneException | CloseConnectionException e) {
            // It kept us waiting, or broke off: what it was to hear is sent.
        }
    }

    /// Ends the connection at once by a reset, under TLS too: an end in good order would tell a client
    /// that has no other sign of it that its answer is whole.
    void reset() {
        if (channel.isEmpty()) {
            return;
        }
        SocketChannel socket = channel.get();
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The client was faster.
        }
        close(socket);
    }

    /// Ends the connection in good order, without its own thread.
    void closeNow() {
        closeAfterRequest();
        try {
            socket().close();
        } catch (UncheckedIOException e) {
            reset();
            return;
        }
        // Helidon's TLS leaves the socket below open.
        channel.ifPresent(this::close);
    }

    private void close(SocketChannel socket) {
        if (watch != null) {
            watch.close();
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    /// Another protocol has taken the connection over.
    void over() {
        inHead = false;
        wait.done();
    }

    @Override
    boolean look(long nowNanos) {
        wait.check(nowNanos);
        return ahead.look();
    }

    @Override
    void cutOff() {
        ClientExchange open = ahead.current();
        if (open != null) {
            open.cutOff();
        }
        wait.giveUp();
    }

    @Override
    void lost() {
        // The one request there can be is carried by the thread that says so.
        ahead.lost();
    }
}
