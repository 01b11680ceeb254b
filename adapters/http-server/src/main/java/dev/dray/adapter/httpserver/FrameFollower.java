package dev.dray.adapter.httpserver;

import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Follows the frame heads in what an HTTP/2 client sends (RFC 9113 §4.1), tells of RST_STREAM and skips the rest.
///
/// Ends a connection that sends frames only to be busy with (RFC 9113 §10.5), where Helidon does not: it answers every
/// PING, and collects CONTINUATION frames without content for as long as they come.
///
/// One thread: the connection's; only [#forgive()] may be called by another.
final class FrameFollower {
    /// Of frames that bring no work, between two calls of [#forgive()]. A busy client sends a few.
    static final int MAX_IDLE_FRAMES = 2_000;

    /// As many as Helidon allows DATA frames without content.
    static final int MAX_EMPTY_CONTINUATIONS = 10;

    private static final int PREFACE_LENGTH = 24;
    private static final int HEAD_LENGTH = 9;
    private static final int TYPE_AT = 3;
    private static final int STREAM_AT = 5;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    private final IntConsumer resets;
    private final byte[] head = new byte[HEAD_LENGTH];
    private int headBytes;
    private long skip = PREFACE_LENGTH;
    private int emptyContinuations;
    private final AtomicInteger idleFrames = new AtomicInteger();

    FrameFollower(IntConsumer resets) {
        this.resets = resets;
    }

    void follow(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, bytes.length - at);
                skip -= skipped;
                at += skipped;
                continue;
            }
            head[headBytes++] = bytes[at++];
            if (headBytes == HEAD_LENGTH) {
                headBytes = 0;
                frameBegan();
            }
        }
    }

    private void frameBegan() {
        skip = number(0, TYPE_AT);
        switch (head[TYPE_AT]) {
            case RST_STREAM -> resets.accept(number(STREAM_AT, HEAD_LENGTH) & Integer.MAX_VALUE);
            case HEADERS -> emptyContinuations = 0;
            case CONTINUATION -> {
                if (skip == 0 && ++emptyContinuations > MAX_EMPTY_CONTINUATIONS) {
                    throw new CloseConnectionException("a head of empty CONTINUATION frames");
                }
            }
            // Counted by Helidon, or bound to the bytes of answers.
            case DATA, WINDOW_UPDATE -> {}
            default -> {
                if (idleFrames.incrementAndGet() > MAX_IDLE_FRAMES) {
                    throw new CloseConnectionException("more than " + MAX_IDLE_FRAMES + " frames without work");
                }
            }
        }
    }

    /// Begins to count frames without work anew. Any thread.
    void forgive() {
        idleFrames.set(0);
    }

    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = (number << Byte.SIZE) | (head[i] & 0xff);
        }
        return number;
    }
}
