package dev.dray.benchmark.model;

import dev.dray.benchmark.wire.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Answers whose bytes are the same each time, made once.
final class Answers {
    static final int FILLER_BYTES = 256 * 1024;

    private static final String STREAM_HEAD = """
        HTTP/1.1 200 OK\r
        Content-Type: text/event-stream; charset=utf-8\r
        Cache-Control: no-cache\r
        Transfer-Encoding: chunked\r
        \r
        """;
    private static final String STREAM_END = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";

    private final Map<Integer, ByteBuffer> objects = new HashMap<>();
    private final Token token = new Token();
    private final ByteBuffer oneToken = ByteBuffer.allocateDirect(token.length());
    private final ByteBuffer streamHead = bytes(STREAM_HEAD);
    private final ByteBuffer streamEnd = bytes(STREAM_END);
    private final ByteBuffer filler = bytes("0123456789abcdef".repeat(FILLER_BYTES / 16));

    /// A token made now; good until the next one.
    ByteBuffer token() {
        token.write(System.nanoTime(), oneToken.clear());
        return oneToken.flip();
    }

    /// A JSON object of so many bytes, head and all.
    ByteBuffer json(int length) {
        return objects.computeIfAbsent(length, Answers::object).duplicate();
    }

    private static ByteBuffer object(int length) {
        String frame =
                "{\"id\":\"cmpl-0\",\"object\":\"text_completion\",\"model\":\"bench\",\"choices\":[{\"index\":0,\"text\":"
                        + "\"%s\",\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":64,\"completion_tokens\":16,"
                        + "\"total_tokens\":80}}";
        int text = Math.max(0, length - frame.length() + 2);
        return whole("application/json", frame.formatted("x".repeat(text)));
    }

    static ByteBuffer text(String text) {
        return whole("text/plain", text);
    }

    private static ByteBuffer whole(String type, String body) {
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(type, body.length(), body));
    }

    static ByteBuffer bodyHead(int length) {
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
                .formatted(length));
    }

    ByteBuffer streamHead() {
        return streamHead.duplicate();
    }

    ByteBuffer streamEnd() {
        return streamEnd.duplicate();
    }

    /// Bytes of no meaning, at most [#FILLER_BYTES].
    ByteBuffer filler(int length) {
        return filler.duplicate().limit(length);
    }

    private static ByteBuffer bytes(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(ascii.length).put(ascii).flip();
    }
}
