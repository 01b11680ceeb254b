package dev.dray.adapter.telemetry;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import java.util.Locale;

/// Counts the tokens of one answer from its bytes as they pass: the events of a stream that bring text, and what the
/// model server itself says it counted.
///
/// A stream is server-sent events [1]: lines that begin with `data:`, ended in any of the three ways, cut anywhere by
/// the chunks. Of any other answer only the end of each chunk is read, as `usage` stands last. Nothing is copied and
/// nothing allocated. What is compressed is not read.
///
/// [1] WHATWG HTML §9.2.6, https://html.spec.whatwg.org/multipage/server-sent-events.html
public final class TokenReader {
    /// Of each chunk of an answer that is no stream.
    static final int TAIL = 8 * 1024;

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    // In a line that is something else: a comment, an event's name, its id.
    private static final int ANOTHER_LINE = DATA.length + 1;

    private enum Kind {
        EVENTS,
        JSON,
        UNREADABLE
    }

    private final Kind kind;
    private final JsonScan json = new JsonScan();
    // How much of `data:` the line begins with.
    private int field;
    private boolean counted;
    private long events;

    private TokenReader(Kind kind) {
        this.kind = kind;
    }

    /// A reader of the answer that begins with this head.
    public static TokenReader of(ResponseHead head) {
        String type =
                HeaderField.first(head.headers(), "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String encoding = HeaderField.first(head.headers(), "Content-Encoding").orElse("identity");
        if (head.status() >= 400 || !encoding.equalsIgnoreCase("identity")) {
            return new TokenReader(Kind.UNREADABLE);
        }
        if (isStream(type)) {
            return new TokenReader(Kind.EVENTS);
        }
        boolean isJson = type.startsWith("application/json") || type.startsWith("text/json") || type.contains("+json");
        return new TokenReader(isJson ? Kind.JSON : Kind.UNREADABLE);
    }

    /// Whether an answer is a stream of events, readable or not.
    static boolean isStream(ResponseHead head) {
        return isStream(
                HeaderField.first(head.headers(), "Content-Type").orElse("").toLowerCase(Locale.ROOT));
    }

    private static boolean isStream(String type) {
        return type.startsWith("text/event-stream");
    }

    /// Reads the next bytes.
    public void read(byte[] array, int offset, int length) {
        int end = offset + length;
        switch (kind) {
            case EVENTS -> events(array, offset, end);
            case JSON -> json(array, Math.max(offset, end - TAIL), end);
            case UNREADABLE -> {
                // Passes unread.
            }
        }
    }

    /// Events so far that brought text.
    public long events() {
        return events;
    }

    /// Tokens of the prompt as the model server counted them, or [JsonScan#NONE].
    long input() {
        return json.input();
    }

    /// Tokens the model wrote: as the model server counted them, else the events that brought text, each of which is
    /// one with the common servers; -1 where neither is known.
    public long output() {
        if (json.output() != JsonScan.NONE) {
            return json.output();
        }
        return events > 0 ? events : JsonScan.NONE;
    }

    private void json(byte[] array, int from, int end) {
        int at = from;
        while (at < end) {
            at = json.line(array, at, end) + 1;
        }
    }

    private void events(byte[] array, int from, int end) {
        int at = from;
        while (at < end) {
            byte next = array[at];
            if (next == '\n' || next == '\r') {
                endLine();
                at++;
            } else if (field < DATA.length) {
                field = next == DATA[field] ? field + 1 : ANOTHER_LINE;
                at++;
            } else if (field == ANOTHER_LINE) {
                at = endOfLine(array, at, end);
            } else {
                at = json.line(array, at, end);
                count();
            }
        }
    }

    // At most once for each line, and as soon as the text begins.
    private void count() {
        if (!counted && json.hasText()) {
            counted = true;
            events++;
        }
    }

    private void endLine() {
        field = 0;
        counted = false;
        json.reset();
    }

    private static int endOfLine(byte[] array, int from, int end) {
        int at = from;
        while (at < end && array[at] != '\n' && array[at] != '\r') {
            at++;
        }
        return at;
    }
}
