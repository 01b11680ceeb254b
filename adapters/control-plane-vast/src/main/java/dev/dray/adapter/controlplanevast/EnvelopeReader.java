package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the platform's wrapping off one body: checks it once, walks its members once, copies nothing.
///
/// The texts of its refusals are the reference worker's, to the byte; where that one fails with a bare 500, ours are of
/// the same family.
final class EnvelopeReader {
    private static final int UNPROCESSABLE = 422;
    private static final String MISSING = "\"field missing\"";

    private final AuthData auth;
    private @Nullable JsonValue authData;
    private @Nullable JsonValue payload;
    private @Nullable JsonValue sessionId;

    private EnvelopeReader(boolean unsecured) {
        this.auth = new AuthData(unsecured);
    }

    /// @param unsecured whether signatures are not asked for: then `reqnum` may also be a string or null
    static Opened read(Bytes body, boolean unsecured) {
        try {
            return new EnvelopeReader(unsecured).open(JsonValue.parse(body));
        } catch (InvalidJsonException e) {
            return new Opened.Malformed(Reply.json(UNPROCESSABLE, "{\"error\": \"invalid JSON\"}"));
        }
    }

    private Opened open(JsonValue body) {
        if (body instanceof JsonObject object) {
            object.forEach(this::member);
        }
        String problems = problems();
        if (!problems.isEmpty()) {
            return new Opened.Malformed(Reply.json(UNPROCESSABLE, "{" + problems + "}"));
        }
        var value = Objects.requireNonNull(payload, "payload");
        return new Opened.Complete(new Envelope(new RequestPayload(value), session(sessionId), auth.reference()));
    }

    // A later member of the same name replaces an earlier one.
    private void member(JsonString name, JsonValue value) {
        if (name.is("auth_data")) {
            authData = value;
        } else if (name.is("payload")) {
            payload = value;
        } else if (name.is("session_id")) {
            sessionId = value;
        }
    }

    private String problems() {
        var problems = new StringBuilder();
        add(problems, "auth_data", authData == null ? MISSING : auth.read(authData));
        add(problems, "payload", payloadProblem());
        add(problems, "session_id", sessionProblem());
        return problems.toString();
    }

    private String payloadProblem() {
        if (payload == null) {
            return MISSING;
        }
        return payload instanceof JsonObject ? "" : "{\"data\": \"payload must be a dictionary\"}";
    }

    private String sessionProblem() {
        return sessionId instanceof JsonObject || sessionId instanceof JsonArray ? "\"must be a string or null\"" : "";
    }

    private static void add(StringBuilder problems, String name, String problem) {
        if (!problem.isEmpty()) {
            problems.append(problems.isEmpty() ? "" : ", ");
            PythonJson.quote(problems, name);
            problems.append(": ").append(problem);
        }
    }

    // A number or a boolean names no session of ours: it is carried on, to be answered as an unknown session.
    private static Optional<String> session(@Nullable JsonValue id) {
        if (id == null || id.isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                id instanceof JsonString text ? text.value() : id.source().utf8Text());
    }
}
