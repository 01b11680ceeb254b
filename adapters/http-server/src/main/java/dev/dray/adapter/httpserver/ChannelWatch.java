package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What a [ClientLoop] waits for on one client's channel: bytes, and room for more.
///
/// INVARIANT: the channel is known to the loop's selector only while one of the two is asked for, and
/// until who asked has been told. So whoever was told may let the channel wait by itself again.
final class ChannelWatch {
    private final SocketChannel channel;
    private final ClientLoop loop;
    private final ReadAhead reader;
    private volatile boolean bytesAsked;
    private volatile @Nullable Thread writer;

    // The loop's own: what has happened, and what of it may be told after the next selection.
    private boolean readingEnded;
    private boolean roomCame;
    private boolean endDue;
    private boolean roomDue;

    ChannelWatch(SocketChannel channel, ClientLoop loop, ReadAhead reader) {
        this.channel = channel;
        this.loop = loop;
        this.reader = reader;
    }

    SocketChannel channel() {
        return channel;
    }

    /// Whether the loop can wait. Any thread.
    boolean isWatched() {
        return loop.isOpen();
    }

    /// Has the loop read, until the reader has enough. Any thread.
    void forBytes() {
        bytesAsked = true;
        loop.tell(this);
    }

    /// Waits until the client takes bytes again. An interrupt closes the channel, as it does where a
    /// thread waits for a socket.
    ///
    /// @throws ClientGoneException if the thread was interrupted
    void awaitRoom() {
        if (!loop.isOpen()) {
            close();
            throw new ClientGoneException("the client took no bytes, and nobody waits for it", null);
        }
        writer = Thread.currentThread();
        loop.tell(this);
        while (writer != null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                // By a reset: in good order the rest would wait for a client that does not read.
                dropUnsent();
                close();
                Thread.currentThread().interrupt();
                throw new ClientGoneException("given up while the client took no bytes", null);
            }
        }
    }

    private void dropUnsent() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /// Nothing more will be written; the client may go on.
    void endAnswers() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // It is gone already: the next who reads hears of it.
        }
    }

    /// Closes the channel, and sees to it that the selector lets it go. Any thread.
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone already.
        }
        loop.tellClosed(this);
    }

    /// The loop's thread: tells the selector what is asked for now.
    void waitIn(Selector selector) throws IOException {
        int asked = (bytesAsked ? SelectionKey.OP_READ : 0) | (writer == null ? 0 : SelectionKey.OP_WRITE);
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            key.interestOps(asked);
        } else if (asked != 0) {
            channel.register(selector, asked, this);
        }
    }

    /// The loop's thread.
    ///
    /// @param bytes what came; null at the end
    void readable(SelectionKey key, byte @Nullable [] bytes) {
        if (!reader.arrived(bytes)) {
            bytesAsked = false;
            readingEnded = true;
            key.interestOpsAnd(~SelectionKey.OP_READ);
        }
    }

    /// The loop's thread.
    void writable(SelectionKey key) {
        roomCame = true;
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    /// Whether who asked has to be told of something. The loop's thread.
    boolean hasNews() {
        return readingEnded || roomCame;
    }

    /// The loop's thread, before a selection: lets go of a channel that nothing more is asked for. What
    /// happens during the selection is told after the next one.
    void cancel(Selector selector) {
        endDue = readingEnded;
        roomDue = roomCame;
        readingEnded = false;
        roomCame = false;
        SelectionKey key = channel.keyFor(selector);
        if (key != null && (!key.isValid() || key.interestOps() == 0)) {
            key.cancel();
        }
    }

    /// The loop's thread, after it: tells who asked.
    void tell() {
        if (endDue) {
            endDue = false;
            reader.released();
        }
        if (roomDue) {
            roomDue = false;
            wakeWriter();
        }
    }

    /// The loop's thread: the channel was closed.
    void gone() {
        if (bytesAsked) {
            bytesAsked = false;
            reader.arrived(null);
            reader.released();
        }
        wakeWriter();
    }

    /// The loop has ended: closes the channel if somebody counted on it. The loop's thread, then any.
    void abandon() {
        if (bytesAsked || writer != null || readingEnded || endDue) {
            close();
            bytesAsked = true;
            gone();
        }
    }

    private void wakeWriter() {
        Thread waiting = writer;
        writer = null;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
