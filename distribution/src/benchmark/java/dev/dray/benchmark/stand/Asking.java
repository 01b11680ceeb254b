package dev.dray.benchmark.stand;

import dev.dray.benchmark.load.Requests;
import dev.dray.benchmark.model.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes the requests. All who are asked get the same bytes: those who do not know what an envelope is pass it on, and
/// the model server finds its order in either.
///
/// @param signed  signs a URL; nothing is signed and nothing wrapped without it
/// @param workUrl what the worker's clients know it by
public record Asking(UnaryOperator<String> signed, String workUrl, boolean hasEnvelope) {
    /// Where answers are whole.
    public static final String WHOLE = "/v1/completions";

    /// Where answers are streams.
    public static final String STREAM = "/v1/chat/completions";

    /// Where the worker lets one request through at a time.
    public static final String SERIAL = "/v1/embeddings";

    /// Fills the body of an ordinary request up to 841 bytes, as in the figures of the first prototype.
    private static final int ORDINARY_TEXT = 40;

    public static Asking signed(Platform platform, String workUrl) {
        return new Asking(platform::sign, workUrl, true);
    }

    public static Asking plain() {
        return new Asking(url -> url, "", false);
    }

    /// Small requests.
    public Requests small(String path, Order order) {
        return sized(path, order, ORDINARY_TEXT);
    }

    /// Requests with a text of so many bytes.
    public Requests sized(String path, Order order, int text) {
        return new Post(path, List.of(body(order, text, workUrl, "")));
    }

    /// Small requests no two of which, within so many, have the same signature.
    public Requests distinct(String path, Order order, int signatures) {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < signatures; i++) {
            bodies.add(body(order, ORDINARY_TEXT, workUrl + "/?" + (1000000 + i), ""));
        }
        return new Post(path, bodies);
    }

    /// Small requests inside sessions, each in its turn.
    public Requests inSessions(String path, Order order, List<String> sessions) {
        return new Post(
                path,
                sessions.stream()
                        .map(session ->
                                body(order, ORDINARY_TEXT, workUrl, "\"session_id\":\"%s\",".formatted(session)))
                        .toList());
    }

    private String body(Order order, int text, String url, String session) {
        String payload = "{%s,\"model\":\"bench\",\"max_tokens\":16,\"stream\":%b,\"prompt\":\"%s\"}"
                .formatted(
                        order.member(),
                        order.kind() == Order.Kind.STREAM || order.kind() == Order.Kind.IDLE,
                        "x".repeat(text));
        if (!hasEnvelope) {
            return payload;
        }
        return "{\"auth_data\":%s,%s\"payload\":%s}".formatted(authData(url), session, payload);
    }

    /// What the platform gives a client for one request.
    public String authData(String url) {
        return """
            {"cost":16,"endpoint":"bench","reqnum":%1$s,"request_idx":%1$s,"signature":"%2$s","url":"%3$s",\
            "__request_id":"bench-0"}""".formatted(Post.number(), signed.apply(url), url);
    }
}
