package dev.dray.adapter.httpserver;

import io.helidon.common.buffers.BufferData;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The heads of answers that are about to leave on an HTTP/2 connection, each in the place of the one Helidon writes.
///
/// Helidon has to write a head, for its book-keeping of streams; where it does, ours is put.
final class Http2Heads {
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int STREAM_AT = 5;
    private static final int HEAD_LENGTH = 9;
    private static final int HEADERS = 1;

    private final Map<Integer, HeaderBlock> heads = new ConcurrentHashMap<>();

    /// The next HEADERS frame on that stream is to be this one.
    void put(int stream, HeaderBlock head) {
        heads.put(stream, head);
    }

    /// Nothing more is expected of that stream.
    void forget(int stream) {
        heads.remove(stream);
    }

    /// A frame of Helidon's, or ours in its place.
    BufferData inPlaceOf(BufferData frame) {
        if (heads.isEmpty() || frame.available() < HEAD_LENGTH || frame.get(TYPE_AT) != HEADERS) {
            return frame;
        }
        int stream = 0;
        for (int i = STREAM_AT; i < HEAD_LENGTH; i++) {
            stream = (stream << Byte.SIZE) | (frame.get(i) & 0xff);
        }
        HeaderBlock head = heads.remove(stream);
        return head == null ? frame : BufferData.create(head.frames(stream, frame.get(FLAGS_AT)));
    }
}
