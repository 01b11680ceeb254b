package dev.dray.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client on a bare socket: says exactly these bytes, hears exactly those, and hangs up as it likes.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.setTcpNoDelay(true);
    }

    static RawClient to(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// Speaks on a connection that stands, such as one with TLS.
    static RawClient over(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends a whole request.
    ///
    /// @param headerLines beside Host and Content-Length, without line ends
    RawClient request(String method, String target, byte[] body, String... headerLines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return send(bytes.toByteArray());
    }

    RawClient post(String target, String body, String... headerLines) throws IOException {
        return request("POST", target, body.getBytes(StandardCharsets.UTF_8), headerLines);
    }

    /// Reads one whole answer. One that breaks off is given as far as it came.
    Answer answer() throws IOException {
        Answer head = head();
        var body = new ByteArrayOutputStream();
        boolean complete = readBody(head, body);
        return new Answer(head.statusLine(), head.headers(), body.toByteArray(), complete);
    }

    /// Reads up to the end of the head.
    Answer head() throws IOException {
        String status = line();
        var headers = new ArrayList<String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        return new Answer(status, List.copyOf(headers), new byte[0], false);
    }

    /// Reads one line of a body or head, without its end.
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the worker closed the connection after '" + line + "'");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
    }

    /// Reads until a text has come.
    String readUntil(String text) throws IOException {
        var read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).contains(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the worker closed the connection after: " + read);
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /// Reads to the end of the connection, however it ends.
    String rest() {
        var read = new ByteArrayOutputStream();
        try {
            in.transferTo(read);
        } catch (IOException reset) {
            // An end like any other.
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /// The next byte; -1 at the end.
    int byteOrEnd() throws IOException {
        return socket.getInputStream().read();
    }

    /// Whether the worker has ended the connection; waits for it or for a byte.
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Says that nothing more will be said, and goes on listening.
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /// Hangs up with a reset.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private boolean readBody(Answer head, ByteArrayOutputStream body) {
        try {
            if (head.header("Transfer-Encoding").isPresent()) {
                readChunks(body);
                return true;
            }
            if (head.header("Content-Length").isPresent()) {
                return readBytes(Integer.parseInt(head.header("Content-Length").get()), body);
            }
            if (head.status() == 204 || head.status() == 304) {
                return true;
            }
            in.transferTo(body);
            return true;
        } catch (IOException brokenOff) {
            return false;
        }
    }

    private void readChunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            int size = Integer.parseInt(line().replaceFirst(";.*$", ""), 16);
            if (size == 0) {
                for (String trailer = line(); !trailer.isEmpty(); ) {
                    trailer = line();
                }
                return;
            }
            if (!readBytes(size, body)) {
                throw new IOException("a chunk broke off");
            }
            line();
        }
    }

    private boolean readBytes(int length, ByteArrayOutputStream body) throws IOException {
        for (int i = 0; i < length; i++) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            body.write(next);
        }
        return true;
    }
}
