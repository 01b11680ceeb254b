package dev.dray.adapter.controlplanevast;

import dev.dray.model.HeaderField;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The manners where there is no platform: the body is the payload, errors have the shape OpenAI's
/// clients know.
///
/// Thread-safe.
public final class PlainProtocol implements PlatformProtocol {
    private static final String BEARER = "bearer ";

    private final List<byte[]> apiKeys;

    /// @param apiKeys any of them opens the door, as `Authorization: Bearer <key>`; empty: no key is
    ///     asked for
    public PlainProtocol(List<String> apiKeys) {
        this.apiKeys = apiKeys.stream()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public Opened open(InboundRequest request) {
        try {
            JsonValue body = JsonValue.parse(request.body());
            if (body instanceof JsonObject) {
                return new Opened.Complete(new Envelope(new RequestPayload(body), Optional.empty(), bearer(request)));
            }
            return malformed("the request body must be a JSON object");
        } catch (InvalidJsonException e) {
            return malformed("the request body is not JSON: " + e.getMessage());
        }
    }

    private static Opened malformed(String message) {
        Reply reply = Reply.json(422, error(message, "invalid_request_error", Optional.empty(), "invalid-json"));
        return new Opened.Malformed(reply.with("X-Dray-Error-Source", "client"));
    }

    @Override
    public Verdict verify(PlatformReference given) {
        if (apiKeys.isEmpty()) {
            return Verdict.VERIFIED;
        }
        boolean known = given instanceof Bearer(Optional<String> authorization)
                && authorization.map(this::opens).orElse(false);
        return known ? Verdict.VERIFIED : Verdict.UNVERIFIED;
    }

    @Override
    public Verdict verifyOpen(InboundRequest request) {
        return verify(bearer(request));
    }

    private static Bearer bearer(InboundRequest request) {
        return new Bearer(HeaderField.first(request.headers(), "Authorization"));
    }

    // Every key is compared in constant time, so that time tells nothing of any of them.
    private boolean opens(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean opens = false;
        for (byte[] key : apiKeys) {
            opens |= MessageDigest.isEqual(key, given);
        }
        return opens;
    }

    @Override
    public Reply refusal(Refusal refusal) {
        int status = refusal.kind().status();
        String json = switch (refusal.kind()) {
            case UNVERIFIED, KEY_MISSING ->
                error(
                        "the API key is missing or wrong; send it as 'Authorization: Bearer <key>'",
                        "authentication_error",
                        Optional.empty(),
                        "invalid_api_key");
            case INVALID_PAYLOAD ->
                error(
                        refusal.fields().isEmpty() ? refusal.message() : problems(refusal.fields()),
                        "invalid_request_error",
                        refusal.fields().keySet().stream().findFirst(),
                        refusal.kind().code());
            case UNKNOWN_SESSION,
                    NOT_READY,
                    DRAINING,
                    WAIT_TOO_LONG,
                    SESSIONS_FULL,
                    QUEUE_FULL,
                    TOO_MANY_REQUESTS,
                    EXPELLED,
                    PLUGIN_FAULT,
                    WORKER_FAULT,
                    MODEL_FAILED,
                    MODEL_UNAVAILABLE,
                    MODEL_TIME_OUT ->
                error(
                        refusal.message(),
                        type(status),
                        Optional.empty(),
                        refusal.kind().code());
        };
        Reply reply = RefusalHeaders.addTo(Reply.json(status, json), refusal);
        return status == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
    }

    private static String problems(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String type(int status) {
        if (status == 429) {
            return "rate_limit_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static String error(String message, String type, Optional<String> field, String code) {
        var json = new StringBuilder("{\"error\": {\"message\": ");
        PythonJson.quote(json, message);
        PythonJson.quote(json.append(", \"type\": "), type);
        field.ifPresent(name -> PythonJson.quote(json.append(", \"param\": "), name));
        PythonJson.quote(json.append(", \"code\": "), code);
        return json.append("}}").toString();
    }

    /// The `Authorization` field as it came.
    // The key must not leak into a log with an envelope.
    private record Bearer(Optional<String> authorization) implements PlatformReference {
        @Override
        public String toString() {
            return "Bearer[" + (authorization.isPresent() ? "given" : "none") + "]";
        }
    }
}
