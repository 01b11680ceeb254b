package dev.dray.benchmark.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/// One client's connection: reads a request, does as its order says, reads the next.
final class Connection {
    // A client that does not read holds this much here and no more; then its tokens come late, as they do with an
    // engine.
    private static final int MOST_WAITING = 64 * 1024;
    private static final int NOT_IDLE = -1;
    // Pieces written to one client before the others are looked at.
    private static final int TURNS = 32;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Answers answers;
    private final PacedStreams paced;
    private final GoneClients gone;
    private final RequestReader reader = new RequestReader();
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean answering;
    private int tokensLeft;
    private boolean isPaced;
    private boolean atFullSpeed;
    private long fillerLeft;
    private int idle = NOT_IDLE;

    Connection(SocketChannel channel, SelectionKey key, Answers answers, PacedStreams paced, GoneClients gone) {
        this.channel = channel;
        this.key = key;
        this.answers = answers;
        this.paced = paced;
        this.gone = gone;
    }

    void ready(SelectionKey ready, ByteBuffer in) {
        try {
            if (ready.isWritable()) {
                writable();
            }
            if (ready.isValid() && ready.isReadable()) {
                readable(in);
            }
        } catch (IOException closed) {
            close();
        } catch (IllegalArgumentException garbage) {
            System.err.println("model server: " + garbage.getMessage());
            close();
        }
    }

    private void readable(ByteBuffer in) throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            close();
            return;
        }
        in.flip();
        while (in.hasRemaining()) {
            if (answering) {
                throw new IllegalArgumentException("a request before the last one was answered");
            }
            if (reader.read(in)) {
                answer();
                reader.next();
            }
        }
    }

    private void answer() throws IOException {
        if (reader.isGet()) {
            send(Answers.text(reader.line().startsWith("GET /gone") ? gone.take() : "ok"));
            return;
        }
        Order order = reader.order();
        switch (order.kind()) {
            case JSON -> send(answers.json(order.first()));
            case BODY -> {
                answering = true;
                isPaced = false;
                fillerLeft = order.first();
                send(Answers.bodyHead(order.first()));
                more();
            }
            case STREAM -> {
                answering = true;
                tokensLeft = order.first();
                atFullSpeed = order.second() == 0;
                isPaced = !atFullSpeed;
                send(answers.streamHead());
                if (atFullSpeed) {
                    more();
                } else if (token()) {
                    paced.add(this, order.second(), System.nanoTime());
                }
            }
            case IDLE -> {
                answering = true;
                idle = order.first();
                send(answers.streamHead());
                send(answers.token());
            }
        }
    }

    /// Makes one token of a paced stream.
    ///
    /// @return whether there is more to come
    boolean token() {
        if (!channel.isOpen()) {
            return false;
        }
        try {
            if (waitingBytes < MOST_WAITING) {
                send(answers.token());
                tokensLeft--;
            }
            if (tokensLeft > 0) {
                return true;
            }
            answering = false;
            send(answers.streamEnd());
        } catch (IOException closed) {
            close();
        }
        return false;
    }

    // As much of an answer without a pace as the client takes, but not all at once: there are other clients.
    private void more() throws IOException {
        for (int turn = 0; turn < TURNS && waiting.isEmpty() && fillerLeft + tokensLeft > 0; turn++) {
            if (fillerLeft > 0) {
                int length = (int) Math.min(fillerLeft, Answers.FILLER_BYTES);
                fillerLeft -= length;
                send(answers.filler(length));
            } else {
                tokensLeft--;
                send(answers.token());
            }
        }
        if (fillerLeft + tokensLeft > 0) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } else if (waiting.isEmpty()) {
            answering = false;
            if (atFullSpeed) {
                atFullSpeed = false;
                send(answers.streamEnd());
            }
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        if (waiting.isEmpty()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            ByteBuffer rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            waiting.add(rest);
            waitingBytes += rest.remaining();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void writable() throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.getFirst();
            waitingBytes -= channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            waiting.removeFirst();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (answering && idle == NOT_IDLE && !isPaced) {
            more();
        }
    }

    private void close() {
        if (idle != NOT_IDLE) {
            gone.note(idle, System.nanoTime());
            idle = NOT_IDLE;
        }
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be done for it.
        }
    }
}
