package dev.dray.adapter.httpserver;

import java.util.function.IntConsumer;

/// Follows the frame heads in what an HTTP/2 client sends (RFC 9113 §4.1), tells of RST_STREAM and skips the rest.
///
/// One thread: the connection's.
final class FrameFollower {
    private static final int PREFACE_LENGTH = 24;
    private static final int HEAD_LENGTH = 9;
    private static final int TYPE_AT = 3;
    private static final int STREAM_AT = 5;
    private static final int RST_STREAM = 3;

    private final IntConsumer resets;
    private final byte[] head = new byte[HEAD_LENGTH];
    private int headBytes;
    private long skip = PREFACE_LENGTH;

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
        if (head[TYPE_AT] == RST_STREAM) {
            resets.accept(number(STREAM_AT, HEAD_LENGTH) & Integer.MAX_VALUE);
        }
    }

    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = (number << Byte.SIZE) | (head[i] & 0xff);
        }
        return number;
    }
}
