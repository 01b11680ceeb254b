package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.model.Outcome;
import dev.dray.model.SessionSecret;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import java.util.Optional;

/// Reads the bodies of `/session/…`. Where the reference worker fails with a bare 500, the answer is a 422 that names
/// the field.
final class SessionReader {
    private static final String INVALID_JSON = "{\"error\": \"invalid JSON\"}";
    private static final String MISSING_ID = "{\"error\": \"missing session_id\"}";
    private static final String BAD_ID = "{\"error\": \"session_id must be a string\"}";

    // Nobody's: an auth_data is an object, and its canonical form begins with a bracket.
    private static final SessionSecret NO_SECRET = SessionSecret.of(new byte[0]);

    private SessionReader() {}

    /// @param unsecured whether signatures are not asked for
    static PlatformRequest order(Bytes body, boolean unsecured) {
        try {
            return new SessionOrderReader(unsecured).read(JsonValue.parse(body));
        } catch (InvalidJsonException e) {
            return refused(INVALID_JSON, "the body is not JSON");
        }
    }

    static PlatformRequest use(SessionUse use, Bytes body) {
        try {
            return use(use, JsonValue.parse(body));
        } catch (InvalidJsonException e) {
            return refused(INVALID_JSON, "the body is not JSON");
        }
    }

    static PlatformRequest refused(String json, String reason) {
        return new PlatformRequest.Answered(Reply.json(422, json), Outcome.INVALID, reason);
    }

    /// What a later caller must show to be the one who opened the session.
    static SessionSecret secret(JsonValue authData) {
        boolean comparable = authData.source().length() <= SessionOrderReader.MAX_AUTH_DATA_BYTES;
        return comparable ? SessionSecret.of(CanonicalJson.of(authData)) : NO_SECRET;
    }

    private static PlatformRequest use(SessionUse use, JsonValue body) {
        JsonValue id = member(body, "session_id").orElse(null);
        if (id == null || isFalse(id)) {
            return refused(MISSING_ID, "session_id is missing");
        }
        if (id instanceof JsonObject || id instanceof JsonArray) {
            return refused(BAD_ID, "session_id is no string");
        }
        // A number or `true` names no session of ours: it is carried on, to be answered as an unknown one.
        String text = id.text().orElseGet(() -> id.source().utf8Text());
        SessionSecret secret =
                member(body, "session_auth").map(SessionReader::secret).orElse(NO_SECRET);
        return new PlatformRequest.UseSession(use, text, secret);
    }

    static Optional<JsonValue> member(JsonValue value, String name) {
        return value instanceof JsonObject object ? object.get(name) : Optional.empty();
    }

    // What Python takes for absent.
    private static boolean isFalse(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.is("");
            case JsonNumber number -> number.value() == 0;
            case JsonBoolean bool -> !bool.value();
            case JsonObject object -> object.members().isEmpty();
            case JsonArray array -> array.elements().isEmpty();
            case JsonValue.JsonNull _ -> true;
        };
    }
}
