package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One request that a [Wire] got, with its exact bytes, and the ways to answer it: whole, in pieces, badly, or not at
/// all.
final class Call {
    private static final int LOOK_MILLIS = 20;

    private final Socket socket;
    private final InputStream in;
    private final List<String> head;
    private final byte[] body;
    private volatile boolean gone;
    private volatile boolean over;
    private volatile int status;
    private volatile long answeredNanos;

    Call(Socket socket, InputStream in, List<String> head, byte[] body) {
        this.socket = socket;
        this.in = in;
        this.head = head;
        this.body = body;
    }

    /// The connection it came on: the same object for all requests of one.
    Object connection() {
        return socket;
    }

    /// Method, target and version, as they came.
    String requestLine() {
        return head.getFirst();
    }

    String path() {
        String target = requestLine().replaceFirst("^[A-Z]+ ", "").replaceFirst(" HTTP/1\\.[01]$", "");
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// The header lines, as they came.
    List<String> headers() {
        return head.subList(1, head.size());
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    byte[] body() {
        return body.clone();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return Json.read(text());
    }

    /// Status of the answer that was written whole; 0 while there is none.
    int status() {
        return status;
    }

    /// When the whole answer was written.
    long answeredNanos() {
        return answeredNanos;
    }

    /// Whether the one who called hung up before the answer was whole.
    boolean isGone() {
        return gone;
    }

    /// Whether nothing more can be said on this connection.
    boolean isOver() {
        return over || gone;
    }

    /// Writes a whole answer with a length and keeps the connection.
    void answer(int code, String contentType, byte[] content) throws IOException {
        raw("HTTP/1.1 " + code + " Scripted\r\nContent-Type: " + contentType + "\r\nContent-Length: " + content.length
                + "\r\n\r\n");
        raw(content);
        answeredNanos = System.nanoTime();
        status = code;
    }

    void answer(int code, String json) throws IOException {
        answer(code, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes bytes as they are.
    void raw(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException fault) {
            gone = true;
            throw fault;
        }
    }

    void raw(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a head that announces chunks.
    void startChunks(int code, String headerLines) throws IOException {
        raw("HTTP/1.1 " + code + " Scripted\r\n" + headerLines + "Transfer-Encoding: chunked\r\n\r\n");
        status = code;
    }

    void chunk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        raw(Integer.toHexString(bytes.length) + "\r\n");
        raw(bytes);
        raw("\r\n");
    }

    void lastChunk() throws IOException {
        raw("0\r\n\r\n");
    }

    /// Waits until the gate opens or the one who called hangs up.
    ///
    /// @return whether the gate opened
    boolean hold(Gate gate) throws IOException {
        socket.setSoTimeout(LOOK_MILLIS);
        while (!gate.isOpen()) {
            try {
                if (in.read() < 0) {
                    gone = true;
                    return false;
                }
            } catch (SocketTimeoutException stillThere) {
                // Ask the gate again.
            } catch (IOException reset) {
                gone = true;
                return false;
            }
        }
        socket.setSoTimeout(0);
        return true;
    }

    /// Says nothing more and waits until the one who called gives up.
    void hang() throws IOException {
        hold(new Gate());
    }

    /// Ends the connection with a reset.
    void reset() throws IOException {
        over = true;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Ends the connection in good order.
    void close() throws IOException {
        over = true;
        socket.close();
    }
}
