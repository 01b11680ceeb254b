package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/// An answer on an HTTP/2 stream, through Helidon's response object. Helidon adds a `Date` where there is none.
final class Http2Answer extends Answer {
    /// An announced body up to this size is right behind its head, so both leave together.
    private static final int HELD_HEAD = 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final RoutingResponse response;
    private final boolean answersHead;
    private OutputStream out = OutputStream.nullOutputStream();

    Http2Answer(RoutingResponse response, boolean answersHead) {
        this.response = response;
        this.answersHead = answersHead;
    }

    @Override
    void writeHead(ResponseHead head, long length) {
        start(head.status(), head.headers());
        out = response.outputStream();
        if (length < 0 || length > HELD_HEAD) {
            // Helidon holds the head back until a flush after a first write, even an empty one.
            writeChunk(NOTHING, 0, 0);
        }
    }

    private void start(int status, List<HeaderField> headers) {
        response.status(Status.create(status));
        for (HeaderField field : headers) {
            String name = field.name().toLowerCase(Locale.ROOT);
            response.headers().add(HeaderValues.create(HeaderNames.create(name), field.value()));
        }
    }

    @Override
    void writeChunk(byte[] array, int offset, int length) {
        if (length > 0 && !carriesBody()) {
            return;
        }
        guarded(() -> {
            out.write(array, offset, length);
            out.flush();
        });
    }

    @Override
    void writeEnd() {
        guarded(() -> {
            out.close();
            response.commit();
        });
    }

    @Override
    void writeReply(Reply reply) {
        start(reply.status(), reply.headers());
        byte[] body = reply.body().toByteArray();
        response.headers().set(HeaderValues.create(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length)));
        guarded(() -> response.send(carriesBody() ? body : NOTHING));
    }

    @Override
    boolean carriesBody() {
        int status = response.status().code();
        return !answersHead && status != Status.NO_CONTENT_204.code() && status != Status.NOT_MODIFIED_304.code();
    }

    @Override
    void lastOnConnection() {
        // Only the stream ends.
    }

    @Override
    void finish(RequestBody body) {
        if (broken()) {
            // Helidon answers this with RST_STREAM of that code.
            throw new CloseConnectionException(
                    "answer broken off", new Http2Exception(Http2ErrorCode.INTERNAL, "answer broken off"));
        }
        if (!body.readToEnd()) {
            // Helidon would read it, and wait for it as long as the client likes.
            body.drop();
        }
    }

    private static void guarded(Write write) {
        try {
            write.run();
        } catch (IOException
                | UncheckedIOException
                | SocketWriterException
                | CloseConnectionException
                | Http2Exception e) {
            throw new ClientGoneException("the client's stream broke", e);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
