package dev.dray.adapter.httpserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that sends exactly the bytes it is told, and hangs up in any way.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads up to and including `end`.
    String readTo(String end) {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = readByte();
            if (next < 0) {
                throw new AssertionError("connection ended after '" + read + "', expected '" + end + "'");
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /// Reads a head and the body its Content-Length promises.
    String readAnswer() {
        String head = readTo("\r\n\r\n");
        return head + new String(readBytes(contentLength(head)), StandardCharsets.UTF_8);
    }

    static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(0);
    }

    byte[] readBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What still comes until the connection ends; a reset counts as an end.
    String readToEnd() {
        var rest = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (java.net.SocketException e) {
            // Reset: that is an end too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    /// Reads so many bytes, or what there is before the connection ends.
    ///
    /// @return how many were read
    int readToEnd(int most) {
        try {
            return in.readNBytes(most).length;
        } catch (java.net.SocketException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the connection ends by a reset, and not in good order.
    boolean endsByReset() {
        try {
            while (in.read() >= 0) {
                // Only the end matters.
            }
            return false;
        } catch (java.net.SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int readByte() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void smallReceiveBuffer() {
        try {
            socket.setReceiveBufferSize(4 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The ways to hang up.
    enum HangUp {
        FIN,
        RST,
        HALF_CLOSE
    }

    void hangUp(HangUp way) {
        try {
            switch (way) {
                case FIN -> socket.close();
                case RST -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                case HALF_CLOSE -> socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hangUp(HangUp.FIN);
    }
}
