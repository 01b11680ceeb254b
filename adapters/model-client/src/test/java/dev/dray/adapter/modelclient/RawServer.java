package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/// A server that says on each connection exactly what a test wants, byte for byte.
final class RawServer implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final ServerSocket listener;
    private final Script script;
    private final Thread accepting = Thread.ofVirtual().name("raw-server").unstarted(this::accept);
    private final AtomicInteger accepted = new AtomicInteger();
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Peer> closed = new LinkedBlockingQueue<>();

    /// What happens on a connection.
    @FunctionalInterface
    interface Script {
        void play(Peer peer) throws IOException;
    }

    /// A request as received.
    record Request(String line, List<String> headers, Bytes body) {
        @Nullable
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            for (String header : headers) {
                if (header.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                    return header.substring(prefix.length()).strip();
                }
            }
            return null;
        }
    }

    private RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static RawServer playing(Script script) throws IOException {
        return on(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), script);
    }

    static RawServer on(ServerSocket listener, Script script) {
        RawServer server = new RawServer(listener, script);
        server.accepting.start();
        return server;
    }

    /// Answers each request with the same bytes.
    static RawServer answering(String response) throws IOException {
        return playing(peer -> {
            while (peer.readRequest() != null) {
                peer.send(response);
            }
        });
    }

    URI url() {
        String scheme = listener instanceof SSLServerSocket ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }

    int connections() {
        return accepted.get();
    }

    Request nextRequest() throws InterruptedException {
        return awaited(requests, "a request");
    }

    /// Returns once a connection was closed by the client while the script waited for that.
    void awaitClose() throws InterruptedException {
        awaited(closed, "a closed connection");
    }

    private static <T> T awaited(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("waited " + DEADLINE_SECONDS + " s for " + what + " in vain");
        }
        return next;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                accepted.incrementAndGet();
                Thread.ofVirtual().name("raw-server-connection").start(() -> serve(socket));
            }
        } catch (IOException listenerClosed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.play(new Peer(socket));
        } catch (IOException clientGone) {
            // What the client does is the test's business.
        }
    }

    /// Returns when nobody listens any more: the port is free only once the accepting thread has let go of it.
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            if (!accepting.join(Duration.ofSeconds(DEADLINE_SECONDS))) {
                throw new AssertionError("server still accepts " + DEADLINE_SECONDS + " s after it was closed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// One connection from the server's side.
    final class Peer {
        private final Socket socket;
        private final InputStream in;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        }

        Socket socket() {
            return socket;
        }

        /// The next request; `null` if the client closed instead.
        @Nullable
        Request readRequest() throws IOException {
            String line = readLine();
            if (line == null) {
                return null;
            }
            List<String> headers = new ArrayList<>();
            for (String header = readLine(); header != null && !header.isEmpty(); header = readLine()) {
                headers.add(header);
            }
            Request head = new Request(line, headers, Bytes.EMPTY);
            String length = head.header("Content-Length");
            Bytes body = length == null ? Bytes.EMPTY : Bytes.of(in.readNBytes(Integer.parseInt(length)));
            Request request = new Request(line, headers, body);
            requests.add(request);
            return request;
        }

        private @Nullable String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    return line.size() == 0 ? null : failTruncated();
                }
                line.write(octet);
            }
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        private String failTruncated() throws EOFException {
            throw new EOFException("connection ended in the middle of a line");
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /// Sends each byte by itself.
        void sendByteByByte(String text) throws IOException {
            for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(octet);
            }
        }

        /// Sends the same text again and again until the client has closed, and tells the test.
        void sendUntilClosed(String text) {
            try {
                while (true) {
                    send(text);
                    LockSupport.parkNanos(2_000_000);
                }
            } catch (IOException gone) {
                closed.add(this);
            }
        }

        /// Takes nothing from the client until the test is over.
        void waitWithoutReading() {
            while (!listener.isClosed()) {
                LockSupport.parkNanos(5_000_000);
            }
        }

        /// Closes with a reset instead of a proper end.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Closes properly; when this returns, a client on this machine can see it.
        void hangUp() throws IOException {
            socket.close();
        }

        /// Waits until the client closes, and tells the test.
        void awaitClose() {
            try {
                while (in.read() >= 0) {
                    // Whatever it still sends does not matter.
                }
            } catch (IOException reset) {
                // Closed, just less politely.
            }
            closed.add(this);
        }
    }
}
