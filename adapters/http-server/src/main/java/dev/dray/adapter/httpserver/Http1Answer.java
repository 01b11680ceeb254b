package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.util.List;

/// An answer in HTTP/1.1 framing (RFC 9112 §6), written past Helidon's response object: that one adds
/// headers of its
/// own, keeps the head back and holds buffers for each open stream.
final class Http1Answer extends Answer {
    /// An announced body up to this size is right behind its head, so both leave together.
    private static final int HELD_HEAD = 64 * 1024;
    private static final int CHUNK_SLICE = 16 * 1024;

    private final Http1Tap connection;
    private final WireBuffer buffer = new WireBuffer();
    private final boolean answersHead;
    private boolean keepAlive;
    private Framing framing = Framing.NONE;

    /// @param answersHead whether the method is HEAD, whose answer has no body whatever its head says
    /// @param keepAlive   whether the client will use the connection again
    Http1Answer(Http1Tap connection, boolean answersHead, boolean keepAlive) {
        this.connection = connection;
        this.answersHead = answersHead;
        this.keepAlive = keepAlive;
    }

    private enum Framing {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE,
        NONE
    }

    @Override
    void writeHead(ResponseHead head, long length) {
        framing = framing(head.status(), length);
        start(head.status(), head.headers());
        if (framing == Framing.CHUNKED) {
            buffer.text("Transfer-Encoding: chunked").endLine();
        }
        buffer.endLine();
        if (framing != Framing.LENGTH || length > HELD_HEAD) {
            buffer.writeTo(connection);
        }
    }

    private Framing framing(int status, long length) {
        if (answersHead || bodiless(status)) {
            return Framing.NONE;
        }
        if (length >= 0) {
            return Framing.LENGTH;
        }
        return connection.http10() ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
    }

    private static boolean bodiless(int status) {
        return status == Status.NO_CONTENT_204.code() || status == Status.NOT_MODIFIED_304.code();
    }

    private void start(int status, List<HeaderField> headers) {
        keepAlive &= !connection.closing();
        buffer.text("HTTP/1.1 ")
                .text(Integer.toString(status))
                .text(" ")
                .text(Status.create(status).reasonPhrase())
                .endLine();
        for (HeaderField field : headers) {
            line(field.name(), field.value());
        }
        if (!keepAlive) {
            line("Connection", "close");
        }
    }

    private void line(String name, String value) {
        buffer.text(name).text(": ").text(value).endLine();
    }

    @Override
    void writeChunk(byte[] array, int offset, int length) {
        switch (framing) {
            case LENGTH, UNTIL_CLOSE -> writePlain(array, offset, length);
            case CHUNKED -> writeSlices(array, offset, length);
            case NONE -> {}
        }
    }

    private void writePlain(byte[] array, int offset, int length) {
        if (buffer.isEmpty()) {
            connection.write(array, offset, length);
            return;
        }
        int first = Math.min(length, CHUNK_SLICE);
        buffer.bytes(array, offset, first).writeTo(connection);
        if (first < length) {
            connection.write(array, offset + first, length - first);
        }
    }

    /// Size, bytes and line end leave in one write; a large piece becomes several chunks, so that the
    /// buffer stays small.
    private void writeSlices(byte[] array, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at += CHUNK_SLICE) {
            int slice = Math.min(CHUNK_SLICE, end - at);
            buffer.hex(slice).endLine().bytes(array, at, slice).endLine().writeTo(connection);
        }
    }

    @Override
    boolean takesOffers() {
        return connection.takesOffers() && (framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE);
    }

    @Override
    boolean offer(byte[] array, int offset, int length) {
        if (framing == Framing.CHUNKED) {
            buffer.hex(length).endLine().bytes(array, offset, length).endLine();
        } else {
            buffer.bytes(array, offset, length);
        }
        return buffer.offerTo(connection);
    }

    @Override
    void settle() {
        if (!buffer.isEmpty()) {
            buffer.writeTo(connection);
        }
    }

    @Override
    void writeEnd() {
        if (framing == Framing.CHUNKED) {
            buffer.text("0").endLine().endLine();
        }
        if (!buffer.isEmpty()) {
            buffer.writeTo(connection);
        }
    }

    @Override
    void writeReply(Reply reply) {
        start(reply.status(), reply.headers());
        if (!bodiless(reply.status())) {
            line("Content-Length", Integer.toString(reply.body().length()));
        }
        buffer.endLine();
        boolean sendsBody = !answersHead && !bodiless(reply.status());
        if (sendsBody && reply.body().length() <= CHUNK_SLICE) {
            buffer.bytes(
                    reply.body().array(), reply.body().offset(), reply.body().length());
            sendsBody = false;
        }
        buffer.writeTo(connection);
        if (sendsBody) {
            connection.write(
                    reply.body().array(), reply.body().offset(), reply.body().length());
        }
    }

    @Override
    boolean carriesBody() {
        return framing != Framing.NONE;
    }

    @Override
    void lastOnConnection() {
        keepAlive = false;
    }

    @Override
    void part() {
        connection.closeNow();
    }

    @Override
    void letGo() {
        connection.reset();
    }

    @Override
    void finish(RequestBody body) {
        if (broken()) {
            connection.reset();
            throw new CloseConnectionException("answer broken off");
        }
        if (!body.readToEnd()) {
            connection.linger();
        }
        if (!keepAlive || connection.closing()) {
            throw new CloseConnectionException("last answer on this connection");
        }
    }
}
