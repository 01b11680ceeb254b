package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.SessionOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads the body of `/session/create`. One per body.
final class SessionOrderReader {
    /// Of `auth_data`, which is kept with the session and compared by value; the platform's own has some 700 bytes.
    static final int MAX_AUTH_DATA_BYTES = 65_536;

    private static final Bytes DEFAULT_LIFETIME = Bytes.utf8("60.0");
    private static final Bytes NULL = Bytes.utf8("null");
    // Ten years. Longer is the same to everybody, and times stay within their range however often it is added.
    private static final double MAX_LIFETIME_SECONDS = 315_360_000;

    private final AuthData auth;
    private final Map<String, String> problems = new LinkedHashMap<>();

    SessionOrderReader(boolean unsecured) {
        this.auth = new AuthData(unsecured);
    }

    PlatformRequest read(JsonValue body) {
        Optional<JsonValue> authData = SessionReader.member(body, "auth_data");
        Optional<JsonValue> payload = SessionReader.member(body, "payload");
        String authProblem = authData.map(this::authProblem).orElse("\"field missing\"");
        OptionalDouble cost = authProblem.isEmpty() ? cost(authData.orElseThrow()) : OptionalDouble.empty();
        if (authProblem.isEmpty() && cost.isEmpty()) {
            authProblem = "{\"cost\": \"must be a number, 0 or more\"}";
        }
        String payloadProblem = payload.map(this::payloadProblem).orElse("\"field missing\"");
        if (authProblem.isEmpty() && payloadProblem.isEmpty()) {
            return new PlatformRequest.OpenSession(order(authData.orElseThrow(), payload.orElseThrow(), cost));
        }
        var json = new StringBuilder("{");
        json.append(authProblem.isEmpty() ? "" : "\"auth_data\": " + authProblem);
        json.append(authProblem.isEmpty() || payloadProblem.isEmpty() ? "" : ", ");
        json.append(payloadProblem.isEmpty() ? "" : "\"payload\": " + payloadProblem);
        return SessionReader.refused(json.append('}').toString(), "the order of a session is malformed");
    }

    private String authProblem(JsonValue authData) {
        return authData.source().length() > MAX_AUTH_DATA_BYTES
                ? "\"must have at most " + MAX_AUTH_DATA_BYTES + " bytes\""
                : auth.read(authData);
    }

    // A numeric string is a number here, as it is for the platform.
    private static OptionalDouble cost(JsonValue authData) {
        OptionalDouble cost =
                SessionReader.member(authData, "cost").map(JsonValue::numeric).orElse(OptionalDouble.empty());
        boolean usable = cost.isPresent() && Double.isFinite(cost.getAsDouble()) && cost.getAsDouble() >= 0;
        return usable ? cost : OptionalDouble.empty();
    }

    private String payloadProblem(JsonValue payload) {
        if (!(payload instanceof JsonObject)) {
            return "{\"data\": \"payload must be a dictionary\"}";
        }
        Optional<JsonValue> lifetime = SessionReader.member(payload, "lifetime");
        if (lifetime.isPresent() && seconds(lifetime.get()).isEmpty()) {
            problems.put("lifetime", "must be a number");
        }
        Optional<JsonValue> route = SessionReader.member(payload, "on_close_route");
        if (route.isPresent() && !route.get().isNull() && !(route.get() instanceof JsonString)) {
            problems.put("on_close_route", "must be a string or null");
        }
        var json = new StringBuilder();
        problems.forEach((field, problem) -> {
            PythonJson.quote(json.append(json.isEmpty() ? "{" : ", "), field);
            PythonJson.quote(json.append(": "), problem);
        });
        return json.isEmpty() ? "" : json.append('}').toString();
    }

    // No string here: the reference worker adds it to a time.
    private static OptionalDouble seconds(JsonValue lifetime) {
        boolean number = lifetime instanceof JsonNumber || lifetime instanceof JsonBoolean;
        OptionalDouble seconds = number ? lifetime.numeric() : OptionalDouble.empty();
        return seconds.isPresent() && Double.isNaN(seconds.getAsDouble()) ? OptionalDouble.empty() : seconds;
    }

    private SessionOrder order(JsonValue authData, JsonValue payload, OptionalDouble cost) {
        Optional<JsonValue> lifetime = SessionReader.member(payload, "lifetime");
        Optional<JsonValue> route = SessionReader.member(payload, "on_close_route");
        Optional<String> target = route.flatMap(JsonValue::text).filter(text -> !text.isEmpty());
        var reference = new SessionReference(
                auth.reference(),
                authData.source(),
                lifetime.map(JsonValue::source).orElse(DEFAULT_LIFETIME),
                route.map(JsonValue::source).orElse(NULL),
                target.flatMap(_ -> SessionReader.member(payload, "on_close_payload"))
                        .map(JsonValue::source)
                        .orElse(NULL));
        double seconds = lifetime.map(SessionOrderReader::seconds)
                .orElse(OptionalDouble.of(60))
                .orElseThrow();
        return new SessionOrder(
                reference.detached(), SessionReader.secret(authData), cost.orElseThrow(), duration(seconds), target);
    }

    private static Duration duration(double seconds) {
        double bounded = Math.clamp(seconds, -MAX_LIFETIME_SECONDS, MAX_LIFETIME_SECONDS);
        return Duration.ofNanos(Math.round(bounded * 1e9));
    }
}
