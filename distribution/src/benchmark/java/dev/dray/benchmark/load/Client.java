package dev.dray.benchmark.load;

import dev.dray.benchmark.wire.AnswerReader;
import dev.dray.benchmark.wire.TokenTimes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection that asks, reads the answer, and can ask again.
final class Client {
    private final Conversation conversation;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final AnswerReader reader = new AnswerReader();
    private final TokenTimes tokens = new TokenTimes();
    private final Consumer<ByteBuffer> toConversation;
    private @Nullable ByteBuffer rest;
    // When the answer on its way should have been asked for, in System.nanoTime.
    private long intended;
    private boolean waiting;
    private boolean hasBody;

    Client(Selector selector, InetSocketAddress server, Conversation conversation) throws IOException {
        this.conversation = conversation;
        this.channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        this.toConversation = bytes -> conversation.body(this, bytes);
    }

    /// Asks.
    ///
    /// @param request  not touched before it has gone out
    /// @param intended when it should go out, which may be past; of `System.nanoTime`
    void ask(ByteBuffer request, long intended) {
        this.intended = intended;
        this.waiting = true;
        this.hasBody = false;
        try {
            channel.write(request);
            if (request.hasRemaining()) {
                rest = request;
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException broken) {
            lose("write: " + broken.getMessage());
        }
    }

    void ready(ByteBuffer in) {
        try {
            if (key.isWritable() && rest != null) {
                channel.write(rest);
                if (!rest.hasRemaining()) {
                    rest = null;
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
            if (key.isReadable()) {
                read(in);
            }
        } catch (IOException broken) {
            lose("read: " + broken.getMessage());
        } catch (IllegalArgumentException garbage) {
            lose("garbage: " + garbage.getMessage());
        }
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            lose(waiting ? "closed before the answer was complete" : "closed");
            return;
        }
        in.flip();
        if (!waiting && in.hasRemaining()) {
            lose("bytes that were not asked for");
            return;
        }
        if (reader.read(in, toConversation)) {
            waiting = false;
            if (reader.closes()) {
                lose("the server closes after each answer");
            } else {
                conversation.answered(this);
            }
        }
    }

    private void lose(String why) {
        close();
        conversation.lost(this, why);
    }

    /// Status of the answer that is complete; then it is forgotten.
    int finish() {
        int status = reader.status();
        reader.next();
        return status;
    }

    /// Status of the answer of which bytes have come.
    int status() {
        return reader.status();
    }

    long intended() {
        return intended;
    }

    /// Whether bytes of this answer's body come for the first time.
    boolean isFirstOfBody() {
        boolean first = !hasBody;
        hasBody = true;
        return first;
    }

    TokenTimes tokens() {
        return tokens;
    }

    /// Reads no more until it is closed.
    void stall() {
        key.interestOps(0);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be done for it.
        }
    }
}
