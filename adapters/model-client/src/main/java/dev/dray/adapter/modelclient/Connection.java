package dev.dray.adapter.modelclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// One TCP or TLS connection and its read buffer. One thread at a time uses it; [#close] may come from
/// any thread and ends whatever that thread is blocked in.
///
/// A blocking channel, not a `Socket`: only a channel can be asked without waiting whether the other
/// side has hung
/// up, and only its `write` says how much it has taken.
final class Connection implements AutoCloseable {
    /// One read brings at most this much, so it is also the longest chunk a client gets.
    static final int MAX_READ_BYTES = 16 * 1024;

    static final int MAX_HEAD_BYTES = 64 * 1024;

    /// Room for a request with its head, or a token. It grows with a body that fills it: idle streams
    /// stay small.
    private static final int FIRST_BUFFER_BYTES = 4 * 1024;

    private static final int SECONDS_TO_FIRST_PROBE = 30;
    private static final int SECONDS_BETWEEN_PROBES = 10;
    private static final int PROBES = 3;
    private static final int WRITE_BYTES = 64 * 1024;
    private static final byte[] NO_BUFFER = new byte[0];

    private final SocketChannel channel;
    private final ByteBuffer probe = ByteBuffer.allocate(1);
    private byte[] buffer = NO_BUFFER;
    private ByteBuffer target = ByteBuffer.wrap(buffer);
    private int position;
    private int limit;
    private boolean written;
    private long idleSinceNanos;
    private volatile @Nullable Ride ride;
    private @Nullable InputStream tlsIn;
    private @Nullable OutputStream tlsOut;

    Connection() throws IOException {
        channel = SocketChannel.open();
    }

    /// Connects, and shakes hands if there is a TLS factory.
    void connect(InetSocketAddress address, Origin origin, @Nullable SSLSocketFactory tls) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        askWhetherStillThere();
        channel.connect(address);
        if (tls == null) {
            return;
        }
        SSLSocket socket = (SSLSocket) tls.createSocket(channel.socket(), origin.host(), origin.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        tlsIn = socket.getInputStream();
        tlsOut = socket.getOutputStream();
    }

    /// A model server whose machine is gone says nothing more, and a serial route waits for its answer without an end.
    /// With this the wait ends within a minute.
    private void askWhetherStillThere() throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        set(ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS_TO_FIRST_PROBE);
        set(ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_BETWEEN_PROBES);
        set(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }

    // Not every system has them.
    private void set(SocketOption<Integer> option, int value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }

    /// The read buffer; between requests also the place to build the next request in.
    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /// Marks all bytes before `newPosition` as read.
    void consumeTo(int newPosition) {
        position = newPosition;
    }

    /// Whether all that came has been read.
    boolean drained() {
        return position == limit;
    }

    /// Whether a byte may have left since [#beginRequest].
    boolean written() {
        return written;
    }

    void beginRequest() {
        written = false;
        position = 0;
        limit = 0;
        haveBuffer();
    }

    private void haveBuffer() {
        if (buffer.length == 0) {
            resize(FIRST_BUFFER_BYTES);
        }
    }

    /// Whether a [StreamLoop] can wait for this connection.
    boolean mayRide() {
        return tlsIn == null;
    }

    /// From now on reading does not wait, and there is no buffer until [#fillNow()]: an open stream holds none.
    void beginRiding() throws IOException {
        channel.configureBlocking(false);
        buffer = NO_BUFFER;
        target = ByteBuffer.wrap(buffer);
        position = 0;
        limit = 0;
    }

    /// Reading waits again.
    void endRiding() throws IOException {
        channel.configureBlocking(true);
    }

    /// Who is to hear of it when this connection is closed; `null` for nobody.
    void carry(@Nullable Ride newRide) {
        ride = newRide;
    }

    SocketChannel channel() {
        return channel;
    }

    /// Reads what is there, where reading does not wait.
    ///
    /// @return how many bytes; negative at the end of the stream
    int fillNow() throws IOException {
        haveBuffer();
        position = 0;
        limit = 0;
        int count = channel.read(target.clear());
        limit = Math.max(0, count);
        return count;
    }

    /// Reads once, behind what is already there. The buffer grows while it turns out too small.
    ///
    /// @return false at the end of the stream
    boolean fill() throws IOException {
        haveBuffer();
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit == buffer.length) {
            makeRoom();
        }
        int room = Math.min(buffer.length - limit, MAX_READ_BYTES);
        int count = tlsIn == null
                ? channel.read(target.limit(limit + room).position(limit))
                : tlsIn.read(buffer, limit, room);
        if (count < 0) {
            return false;
        }
        limit += count;
        if (count == buffer.length && count < MAX_READ_BYTES) {
            resize(2 * count);
        }
        return true;
    }

    private void makeRoom() throws CallException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        } else if (buffer.length < MAX_HEAD_BYTES) {
            resize(2 * buffer.length);
        } else {
            throw CallException.garbage("response head exceeds " + MAX_HEAD_BYTES + " bytes");
        }
    }

    private void resize(int length) {
        buffer = Arrays.copyOf(buffer, length);
        target = ByteBuffer.wrap(buffer);
    }

    /// Writes all of it, a slice at a time; the idle time-out runs anew for each.
    void write(byte[] bytes, int offset, int length, Flight flight) throws IOException {
        if (tlsOut != null) {
            written = true;
        }
        int end = offset + length;
        for (int at = offset; at < end; ) {
            flight.awaitingMore();
            int slice = Math.min(WRITE_BYTES, end - at);
            at += writeOnce(bytes, at, slice);
            written = true;
        }
    }

    private int writeOnce(byte[] bytes, int offset, int length) throws IOException {
        if (tlsOut == null) {
            return channel.write(ByteBuffer.wrap(bytes, offset, length));
        }
        tlsOut.write(bytes, offset, length);
        return length;
    }

    /// Whether nothing has come, not even the end of the stream, since the last response: the only
    /// state in which
    /// an idle connection may be used again. Does not wait.
    boolean quiet() {
        try {
            channel.configureBlocking(false);
            int count = channel.read(probe.clear());
            channel.configureBlocking(true);
            return count == 0;
        } catch (IOException hungUp) {
            return false;
        }
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    /// Closes the connection such that the other side sees that something is missing.
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyBroken) {
            // Then the other side knows.
        }
        close();
    }

    /// Closes the TCP connection at once, without the farewell of TLS, which could block.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // There is nothing left to close, and nobody who could do anything about it.
        }
        Ride carried = ride;
        if (carried != null) {
            carried.connectionClosed();
        }
    }
}
