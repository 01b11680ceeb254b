package dev.dray.benchmark.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Reads answers of one connection, one after the other, cut anywhere; the body's bytes are handed on as they come.
public final class AnswerReader {
    private static final byte[] CONTENT_LENGTH = Head.word("content-length:");
    private static final byte[] TRANSFER_ENCODING = Head.word("transfer-encoding:");
    private static final byte[] CHUNKED = Head.word("chunked");
    private static final byte[] CONNECTION = Head.word("connection:");
    private static final byte[] CLOSE = Head.word("close");

    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        COMPLETE
    }

    private final Head head = new Head();
    private Part part = Part.HEAD;
    private long left;
    // Of the last line of a chunked body.
    private boolean lineIsEmpty;

    /// Takes bytes up to the end of an answer.
    ///
    /// @param body takes the body's bytes; what it leaves is skipped
    /// @return whether the answer is complete
    public boolean read(ByteBuffer in, Consumer<ByteBuffer> body) {
        while (in.hasRemaining() && part != Part.COMPLETE) {
            switch (part) {
                case HEAD -> head(in);
                case BODY -> {
                    pass(in, body);
                    part = left == 0 ? Part.COMPLETE : Part.BODY;
                }
                case CHUNK_SIZE -> chunkSize(in.get());
                case CHUNK -> {
                    pass(in, body);
                    part = left == 0 ? Part.CHUNK_END : Part.CHUNK;
                }
                case CHUNK_END -> {
                    if (in.get() == '\n') {
                        part = Part.CHUNK_SIZE;
                    }
                }
                case TRAILER -> trailer(in.get());
                case UNTIL_CLOSE -> {
                    left = Long.MAX_VALUE;
                    pass(in, body);
                }
                case COMPLETE -> throw new IllegalStateException("nothing is read past the end");
            }
        }
        return part == Part.COMPLETE;
    }

    private void head(ByteBuffer in) {
        if (!head.read(in)) {
            return;
        }
        left = head.number(CONTENT_LENGTH, -1);
        if (head.has(TRANSFER_ENCODING, CHUNKED)) {
            left = 0;
            part = Part.CHUNK_SIZE;
        } else if (left < 0) {
            part = Part.UNTIL_CLOSE;
        } else {
            part = left == 0 ? Part.COMPLETE : Part.BODY;
        }
    }

    private void pass(ByteBuffer in, Consumer<ByteBuffer> body) {
        int count = (int) Math.min(left, in.remaining());
        int end = in.limit();
        int next = in.position() + count;
        in.limit(next);
        body.accept(in);
        in.limit(end).position(next);
        left -= count;
    }

    private void chunkSize(byte next) {
        if (next == '\n') {
            lineIsEmpty = true;
            part = left == 0 ? Part.TRAILER : Part.CHUNK;
        } else if (next != '\r') {
            int digit = Character.digit(next, 16);
            if (digit < 0) {
                throw new IllegalArgumentException("chunk size: found byte %d, expected a digit".formatted(next));
            }
            left = left * 16 + digit;
        }
    }

    private void trailer(byte next) {
        if (next != '\n') {
            lineIsEmpty &= next == '\r';
        } else if (lineIsEmpty) {
            part = Part.COMPLETE;
        } else {
            lineIsEmpty = true;
        }
    }

    /// Whether the head of the answer has been read.
    public boolean hasHead() {
        return part != Part.HEAD;
    }

    /// Whether anything of an answer has come.
    public boolean hasBegun() {
        return part != Part.HEAD || !head.isEmpty();
    }

    public int status() {
        return head.status();
    }

    /// Whether the other side closes the connection after this answer.
    public boolean closes() {
        return part == Part.UNTIL_CLOSE || head.has(CONNECTION, CLOSE);
    }

    /// Forgets the answer that is complete.
    public void next() {
        head.clear();
        part = Part.HEAD;
        left = 0;
    }
}
