package dev.dray.adapter.modelclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A port on which connecting never ends: its queue of connections is full and nobody accepts.
final class DeafServer implements AutoCloseable {
    /// More than the kernel makes of the shortest queue.
    private static final int CALLERS = 8;

    private final ServerSocket listener;
    private final List<SocketChannel> callers = new ArrayList<>();

    private DeafServer(ServerSocket listener) {
        this.listener = listener;
    }

    static DeafServer open() throws IOException {
        DeafServer server = new DeafServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < CALLERS; i++) {
            SocketChannel caller = SocketChannel.open();
            caller.configureBlocking(false);
            caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.listener.getLocalPort()));
            server.callers.add(caller);
        }
        return server;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel caller : callers) {
            caller.close();
        }
        listener.close();
    }
}
