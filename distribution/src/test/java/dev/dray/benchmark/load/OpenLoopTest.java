package dev.dray.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a server that stands still: how many it kept waiting must be seen, and for how long.
class OpenLoopTest {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerSocket server;
    private final List<Socket> accepted = new ArrayList<>();

    OpenLoopTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
        server.close();
    }

    @Test
    void timesEachRequestFromWhenItWasDueAndLeavesNoneOut() throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            var load = new OpenLoop(loop, address(), OpenLoopTest::request, 1);
            Tally tally = load.restart();

            // given that the only connection is busy with a request nobody answers, while more fall due
            load.start(1000);
            loop.run(PATIENCE, () -> load.waiting() >= 50);
            load.stopAsking();
            int kept = load.waiting();

            // when the server comes back to life
            Socket socket = server.accept();
            accepted.add(socket);
            answer(socket, kept + 1);
            loop.run(PATIENCE, () -> tally.answers() == kept + 1);

            // then each counts, and the first one waited as long as the last one was late
            assertThat(tally.answers()).isEqualTo(kept + 1);
            assertThat(tally.errors()).isZero();
            assertThat(tally.mostMilliseconds()).isGreaterThanOrEqualTo(kept - 1.0);
            assertThat(tally.milliseconds(50)).isGreaterThanOrEqualTo(kept / 2.0 - 1);
        }
    }

    private static void answer(Socket socket, int times) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    socket.getInputStream().readNBytes(request().remaining());
                    socket.getOutputStream().write(ANSWER);
                }
            } catch (IOException closed) {
                // The test has ended, and said how.
            }
        });
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    private static ByteBuffer request() {
        return ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
