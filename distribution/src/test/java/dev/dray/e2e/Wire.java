package dev.dray.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server on a real socket that plays a script for each path and keeps every request it got.
///
/// One virtual thread for each connection. Scripts run on it and may hang, reset or write whatever bytes they like.
final class Wire implements AutoCloseable {
    private final Map<String, Play> plays = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Play otherwise;
    private final InetAddress address;
    private final int port;
    private volatile @Nullable ServerSocket server;

    /// What is done with a request.
    interface Play {
        void play(Call call) throws IOException, InterruptedException;
    }

    /// Listens on a free port of loopback.
    ///
    /// @param otherwise played for paths without a script of their own
    Wire(Play otherwise) throws IOException {
        this(otherwise, InetAddress.getLoopbackAddress());
    }

    /// Listens on a free port of an address.
    Wire(Play otherwise, InetAddress address) throws IOException {
        this.otherwise = otherwise;
        this.address = address;
        this.port = listen(0);
    }

    private int listen(int wanted) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, wanted), 200);
        server = socket;
        Thread.ofVirtual().name("scripted-accept").start(() -> accept(socket));
        return socket.getLocalPort();
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// From now on this is played for a path.
    void on(String path, Play play) {
        plays.put(path, play);
    }

    /// Every request so far, oldest first.
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /// Every request for a path so far, oldest first.
    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    /// How many connections were ever accepted.
    int connections() {
        return connections.get();
    }

    /// How many connections stand.
    int openConnections() {
        return open.size();
    }

    /// Goes down as a killed process does: connections end, new ones are refused.
    void stop() throws IOException {
        ServerSocket socket = server;
        if (socket != null) {
            socket.close();
        }
        for (Socket one : List.copyOf(open)) {
            one.close();
        }
    }

    /// Comes back on the same port.
    void restart() throws IOException {
        listen(port);
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().name("scripted-connection").start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                List<String> head = readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                var call = new Call(connection, in, head, readBody(in, head));
                calls.add(call);
                plays.getOrDefault(call.path(), otherwise).play(call);
                goesOn = !call.isOver();
            }
        } catch (IOException gone) {
            // The worker hung up, or the script ended the connection.
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
        }
    }

    private static List<String> readHead(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        var line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return List.of();
            }
            if (next != '\n') {
                line.write(next);
                continue;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            line.reset();
            if (text.isEmpty()) {
                return lines;
            }
            lines.add(text);
        }
    }

    private static byte[] readBody(InputStream in, List<String> head) throws IOException {
        int length = head.stream()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body ended early");
        }
        return body;
    }
}
