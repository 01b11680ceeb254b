package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.exchange.ResponseSink;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A part of one stream's way, on the [StreamLoop] and not on its own thread, which waits here for its end.
///
/// All fields are the loop's; its own thread reads them once it has landed.
final class Ride {
    private final Connection connection;
    private final Flight flight;
    private final ChunkedDecoder decoder;
    private final ResponseSink sink;
    private final Thread owner = Thread.currentThread();
    private @Nullable StreamLoop loop;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean arrived;
    private boolean drained;
    private @Nullable Exception failure;
    private volatile boolean landed;

    /// @param connection whose channel does not block, with nothing left in its buffer
    Ride(Connection connection, Flight flight, ChunkedDecoder decoder, ResponseSink sink) {
        this.connection = connection;
        this.flight = flight;
        this.decoder = decoder;
        this.sink = sink;
    }

    Connection connection() {
        return connection;
    }

    /// Own thread: from now on the loop hears of it when the connection is closed.
    void board(StreamLoop newLoop) {
        loop = newLoop;
        flight.awaitingMore();
        connection.carry(this);
    }

    /// Own thread.
    void alight() {
        connection.carry(null);
        flight.working();
    }

    /// The connection was closed. Any thread.
    void connectionClosed() {
        StreamLoop carrier = loop;
        if (carrier != null) {
            carrier.tell(this);
        }
    }

    /// Passes on what was read.
    ///
    /// @param count bytes in the array; negative at the end of the stream
    /// @return whether the ride is over: the body is complete, or the client does not keep up
    boolean pass(byte[] array, int count) throws IOException {
        if (count < 0) {
            throw new CallException(Kind.RESET, "it closed the connection in the middle of its answer");
        }
        flight.awaitingMore();
        int end = decoder.decode(array, 0, count);
        boolean keptUp = decoder.dataLength() == 0 || sink.offer(array, decoder.dataStart(), decoder.dataLength());
        arrived = decoder.done();
        drained = end == count;
        return arrived || !keptUp;
    }

    /// Notes how it ends. Whoever gets true has to land it.
    ///
    /// @return false if it had ended before
    boolean end(@Nullable Exception cause) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        failure = cause;
        return true;
    }

    boolean isOver() {
        return over.get();
    }

    boolean isOn(Selector selector) {
        return connection.channel().keyFor(selector) != null;
    }

    void cancel(Selector selector) {
        SelectionKey key = connection.channel().keyFor(selector);
        if (key != null) {
            key.cancel();
        }
    }

    /// Gives the stream back to its own thread.
    void land() {
        landed = true;
        LockSupport.unpark(owner);
    }

    /// Own thread; an interrupt closes the connection, as it does where a thread waits for a socket.
    void awaitLanding() throws IOException {
        boolean interrupted = false;
        while (!landed) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                connection.close();
            }
        }
        if (interrupted) {
            owner.interrupt();
        }
        if (failure instanceof IOException broken) {
            throw broken;
        }
        if (failure instanceof RuntimeException fault) {
            throw fault;
        }
    }

    /// Whether the whole body has passed; own thread.
    boolean arrived() {
        return arrived;
    }

    /// Whether the model server has sent nothing beyond the body; own thread.
    boolean drained() {
        return drained;
    }
}
