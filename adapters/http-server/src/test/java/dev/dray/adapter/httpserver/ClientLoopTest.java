package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

final class ClientLoopTest {
    private final ClientLoop loop = new ClientLoop("test");

    @Test
    void closesAChannelThatItIsToldOfAfterItsEnd() throws IOException {
        try (SocketChannel channel = connected()) {
            loop.stop();

            new ChannelWatch(channel, loop, new ReadAhead(() -> null)).forBytes();

            assertThat(channel.isOpen()).isFalse();
        }
    }

    private static SocketChannel connected() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return SocketChannel.open(server.getLocalAddress());
        }
    }
}
