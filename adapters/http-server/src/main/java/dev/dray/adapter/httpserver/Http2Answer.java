package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// An answer on an HTTP/2 stream. Helidon's response object does framing and flow control; the head
/// that leaves is our
/// own ([Http2Heads]), and Helidon's says 200 and nothing else.
final class Http2Answer extends Answer {
    /// An announced body up to this size is right behind its head, so both leave together.
    private static final int HELD_HEAD = 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final RoutingResponse response;
    private final Http2Heads heads;
    private final int stream;
    private final boolean answersHead;
    private boolean bodiless;
    private OutputStream out = OutputStream.nullOutputStream();

    Http2Answer(RoutingResponse response, Http2Heads heads, int stream, boolean answersHead) {
        this.response = response;
        this.heads = heads;
        this.stream = stream;
        this.answersHead = answersHead;
    }

    @Override
    void writeHead(ResponseHead head, long length) {
        start(head.status(), head.headers());
        bodiless |= length == 0;
        if (bodiless) {
            return;
        }
        out = response.outputStream();
        // Helidon's answer to a client that takes trailers; we have none.
        response.headers().remove(HeaderNames.TRAILER);
        if (length < 0 || length > HELD_HEAD) {
            // Helidon holds the head back until a flush after a first write, even an empty one.
            writeChunk(NOTHING, 0, 0);
        }
    }

    private void start(int status, List<HeaderField> headers) {
        bodiless = answersHead || status == Status.NO_CONTENT_204.code() || status == Status.NOT_MODIFIED_304.code();
        heads.put(stream, HeaderBlock.of(status, headers));
    }

    @Override
    void writeChunk(byte[] array, int offset, int length) {
        if (bodiless) {
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
            if (bodiless) {
                response.send(NOTHING);
            } else {
                out.close();
                response.commit();
            }
        });
    }

    @Override
    void writeReply(Reply reply) {
        byte[] body = reply.body().toByteArray();
        var headers = new ArrayList<>(reply.headers());
        if (reply.status() != Status.NO_CONTENT_204.code() && reply.status() != Status.NOT_MODIFIED_304.code()) {
            headers.add(new HeaderField("content-length", Integer.toString(body.length)));
        }
        start(reply.status(), headers);
        guarded(() -> response.send(bodiless ? NOTHING : body));
    }

    @Override
    boolean carriesBody() {
        return !bodiless;
    }

    @Override
    void lastOnConnection() {
        // Only the stream ends.
    }

    @Override
    void finish(RequestBody body) {
        heads.forget(stream);
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
