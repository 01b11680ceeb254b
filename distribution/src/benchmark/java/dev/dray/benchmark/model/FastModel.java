package dev.dray.benchmark.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// The model server: accepts, and hands on what can be read, what can be written and what is due.
public final class FastModel {
    private static final int BACKLOG = 4096;
    private static final int READ_BUFFER = 256 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Answers answers = new Answers();
    private final PacedStreams paced = new PacedStreams();
    private final GoneClients gone = new GoneClients();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER);

    private FastModel(Selector selector, ServerSocketChannel listener) {
        this.selector = selector;
        this.listener = listener;
    }

    /// A model server that listens.
    ///
    /// @param port 0: any free one
    public static FastModel listen(int port) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        return new FastModel(selector, listener);
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /// Serves until the thread is interrupted.
    public void run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            long wait = paced.runDue(now);
            if (wait == Long.MAX_VALUE) {
                selector.select(this::ready);
            } else if (wait < TimeUnit.MILLISECONDS.toNanos(1)) {
                // The selector counts in milliseconds, and rounds 0 to for ever.
                selector.select(this::ready, 1);
            } else {
                selector.select(this::ready, TimeUnit.NANOSECONDS.toMillis(wait));
            }
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof Connection connection) {
            connection.ready(key, in);
        }
    }

    private void accept() {
        try {
            for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = client.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(client, key, answers, paced, gone));
            }
        } catch (IOException full) {
            System.err.println("model server: a connection could not be accepted: " + full.getMessage());
        }
    }
}
