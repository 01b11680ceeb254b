package dev.dray.adapter.httpserver;

import dev.dray.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An HTTP/2 client with prior knowledge that sends single frames (RFC 9113 §4.1) and tells what frames come back.
final class RawHttp2Client implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    static final int END_STREAM = 1;
    static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int HEAD_LENGTH = 9;

    private final RawClient client;

    record Frame(int type, int flags, int stream, Bytes payload) {
        String text() {
            return payload.utf8Text();
        }
    }

    RawHttp2Client(int port) {
        client = new RawClient(port);
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        send(SETTINGS, 0, 0, new byte[0]);
    }

    RawClient socket() {
        return client;
    }

    /// A POST whose body ends with `body`; the head names no length (RFC 7541 §6: literals without Huffman).
    void post(int stream, String path, String body) {
        headers(stream, path);
        data(stream, END_STREAM, body);
    }

    void headers(int stream, String path) {
        var block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, 0x04, path);
        literal(block, 0x01, "test");
        send(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /// A POST with one field more, whose body is to follow.
    void head(int stream, String path, String name, String value) {
        var block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, 0x04, path);
        literal(block, 0x01, "test");
        block.write(0);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        send(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    void data(int stream, int flags, String text) {
        send(DATA, flags, stream, text.getBytes(StandardCharsets.US_ASCII));
    }

    void reset(int stream) {
        send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    void send(int type, int flags, int stream, byte[] payload) {
        client.send(ByteBuffer.allocate(HEAD_LENGTH + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    /// The next frame of that type on that stream; what comes before it is skipped.
    Frame next(int type, int stream) {
        while (true) {
            Frame frame = next();
            if (frame.type() == type && frame.stream() == stream) {
                return frame;
            }
            if (frame.type() == GO_AWAY) {
                throw new AssertionError("the server ended the connection: " + frame.text());
            }
        }
    }

    /// The head of an answer as lines `name: value`, in order; literals only, as dray writes them.
    List<String> head(int stream) {
        Frame first = next(HEADERS, stream);
        var block = new ByteArrayOutputStream();
        block.writeBytes(first.payload().toByteArray());
        for (Frame frame = first; (frame.flags() & END_HEADERS) == 0; ) {
            frame = next(CONTINUATION, stream);
            block.writeBytes(frame.payload().toByteArray());
        }
        var in = ByteBuffer.wrap(block.toByteArray());
        var lines = new ArrayList<String>();
        while (in.hasRemaining()) {
            String name = in.get() == 0 ? string(in) : ":status";
            lines.add(name + ": " + string(in));
        }
        return lines;
    }

    private static String string(ByteBuffer in) {
        int length = in.get();
        for (int shift = 0, more = length == 0x7f ? 0x80 : 0; more != 0; shift += 7) {
            more = in.get();
            length += (more & 0x7f) << shift;
            more &= 0x80;
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /// The next DATA frame that is not empty, or ends the stream.
    Frame nextData(int stream) {
        Frame frame = next(DATA, stream);
        while (frame.payload().length() == 0 && (frame.flags() & END_STREAM) == 0) {
            frame = next(DATA, stream);
        }
        return frame;
    }

    private Frame next() {
        byte[] head = client.readBytes(HEAD_LENGTH);
        if (head.length < HEAD_LENGTH) {
            throw new AssertionError("the connection ended");
        }
        var fields = ByteBuffer.wrap(head);
        int length = ((fields.get() & 0xff) << 16) | (fields.getShort() & 0xffff);
        return new Frame(fields.get(), fields.get(), fields.getInt(), Bytes.of(client.readBytes(length)));
    }

    @Override
    public void close() {
        client.close();
    }
}
