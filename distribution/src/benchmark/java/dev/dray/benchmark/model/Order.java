package dev.dray.benchmark.model;

import java.nio.charset.StandardCharsets;

/// What a request asks the model server to do: the words behind `"bench":"` near the beginning of its body, wherever
/// they stand in whatever JSON is around them. So the same bytes can be asked of the model server, of a plain proxy,
/// and, where they are the payload of an envelope, of the worker.
///
/// @param kind   what to do
/// @param first  bytes of a `JSON` or `BODY` answer, tokens of a `STREAM`, number of an `IDLE` stream
/// @param second tokens per second of a `STREAM`; 0: as fast as they are taken
public record Order(Kind kind, int first, int second) {
    /// How much of a body is looked at.
    static final int OPENING = 4 * 1024;

    private static final byte[] MARK = "\"bench\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final Order DEFAULT = new Order(Kind.JSON, 306, 0);

    /// Answers.
    public enum Kind {
        /// One JSON object of so many bytes.
        JSON,
        /// So many bytes of no meaning, with their length told beforehand.
        BODY,
        /// Server-sent events, each with the time it was made.
        STREAM,
        /// A stream that sends one token and then nothing, until the client goes. Its end is noted.
        IDLE
    }

    public static Order json(int bytes) {
        return new Order(Kind.JSON, bytes, 0);
    }

    public static Order body(int bytes) {
        return new Order(Kind.BODY, bytes, 0);
    }

    public static Order stream(int tokens, int tokensPerSecond) {
        return new Order(Kind.STREAM, tokens, tokensPerSecond);
    }

    public static Order idle(int number) {
        return new Order(Kind.IDLE, number, 0);
    }

    /// The member of the payload that carries it.
    public String member() {
        return "\"bench\":\"%s %d %d\"".formatted(kind, first, second);
    }

    /// Reads an order from the beginning of a body; without one, a small JSON object is asked for.
    static Order in(byte[] opening, int length) {
        int start = after(opening, length);
        if (start < 0) {
            return DEFAULT;
        }
        int end = start;
        while (end < length && opening[end] != '"') {
            end++;
        }
        String[] words = new String(opening, start, end - start, StandardCharsets.US_ASCII).split(" ");
        if (words.length != 3) {
            throw new IllegalArgumentException(
                    "bench: found '%s', expected a kind and two whole numbers".formatted(String.join(" ", words)));
        }
        return new Order(Kind.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    private static int after(byte[] bytes, int length) {
        for (int at = 0; at + MARK.length <= length; at++) {
            if (bytes[at] == '"' && matches(bytes, at)) {
                return at + MARK.length;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < MARK.length; i++) {
            if (bytes[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
