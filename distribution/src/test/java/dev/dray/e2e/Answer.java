package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a client read from the worker, to the byte.
final class Answer {
    private final String statusLine;
    private final List<String> headers;
    private final byte[] body;
    private final boolean complete;

    /// @param complete whether it ended as it should: all bytes of its length, or the last chunk
    Answer(String statusLine, List<String> headers, byte[] body, boolean complete) {
        this.statusLine = statusLine;
        this.headers = headers;
        this.body = body;
        this.complete = complete;
    }

    String statusLine() {
        return statusLine;
    }

    /// The header lines, as they came.
    List<String> headers() {
        return headers;
    }

    /// The body, with chunks put together.
    byte[] body() {
        return body.clone();
    }

    boolean complete() {
        return complete;
    }

    int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return Json.read(text());
    }
}
