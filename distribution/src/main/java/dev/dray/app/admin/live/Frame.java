package dev.dray.app.admin.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/// An event as it goes over the wire.
///
/// @param kind  what it tells
/// @param bytes in the format of server-sent events; not written to any more
// The array is shared among all listeners: that is the point.
@SuppressWarnings("ArrayRecordComponent")
record Frame(Kind kind, byte[] bytes) {
    /// How long a browser waits before it connects again.
    static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);

    /// The kinds of event.
    enum Kind {
        STATUS("status"),
        POINT("point"),
        LOG("log");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    static Frame of(Kind kind, JsonNode content) {
        // Jackson writes it on one line, with all line ends inside texts escaped.
        String text = "event: " + kind.word + "\ndata: " + content + "\n\n";
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }
}
