package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.SessionView;
import java.time.Instant;
import java.util.Optional;

/// What is answered about sessions, and posted when one closes, in the reference worker's words.
final class SessionReplies {
    private static final int LONGEST_ID = 100;

    private SessionReplies() {}

    static Reply of(SessionAnswer answer) {
        return switch (answer) {
            case SessionAnswer.Opened(SessionView session) ->
                Reply.json(
                        201,
                        "{\"session_id\": " + PythonJson.quote(session.id()) + ", \"expiration\": "
                                + seconds(session.expiresAt()) + "}");
            case SessionAnswer.Described(SessionView session) -> Reply.json(200, described(session));
            case SessionAnswer.Alive _ -> Reply.json(200, "{\"ok\": true}");
            case SessionAnswer.Ended(String id) ->
                Reply.json(200, "{\"ended\": true, \"removed_session\": " + PythonJson.quote(id) + "}");
            case SessionAnswer.Unknown(SessionUse use, String id) -> unknown(use, id);
            case SessionAnswer.WrongSecret _ -> error(401, "session_auth is not valid");
            case SessionAnswer.AlreadyClosed _ -> error(410, "session already closed");
        };
    }

    /// Copy of the payload if it is an object, else an object with it; with the session's id unless that is in it.
    static Optional<CallbackSender.Callback> callback(SessionView session) {
        return session.order().closeTarget().map(target -> new CallbackSender.Callback(target, callbackBody(session)));
    }

    private static Bytes callbackBody(SessionView session) {
        JsonValue payload = JsonValue.parse(reference(session).closePayload());
        String id = "\"session_id\": " + PythonJson.quote(session.id()) + "}";
        if (payload instanceof JsonNull) {
            return Bytes.utf8("{" + id);
        }
        String text = payload.source().utf8Text();
        if (!(payload instanceof JsonObject object)) {
            return Bytes.utf8("{\"payload\": " + text + ", " + id);
        }
        if (object.get("session_id").isPresent()) {
            return payload.source();
        }
        String separator = object.members().isEmpty() ? "" : ", ";
        return Bytes.utf8(text.substring(0, text.length() - 1).stripTrailing() + separator + id);
    }

    private static String described(SessionView session) {
        SessionReference reference = reference(session);
        return "{\"session_id\": " + PythonJson.quote(session.id())
                + ", \"auth_data\": " + reference.authData().utf8Text()
                + ", \"lifetime\": " + reference.lifetime().utf8Text()
                + ", \"expiration\": " + seconds(session.expiresAt())
                + ", \"created_at\": " + seconds(session.createdAt())
                + ", \"on_close_route\": " + reference.closeRoute().utf8Text()
                + ", \"on_close_payload\": " + reference.closePayload().utf8Text() + "}";
    }

    private static Reply unknown(SessionUse use, String id) {
        return switch (use) {
            case DESCRIBE -> error(400, "session does not exist");
            case PROBE -> Reply.json(200, "{\"ok\": false}");
            case END -> error(400, "session with id " + shortened(id) + " not found");
        };
    }

    // Whoever asks has shown nothing yet: a long text of his is not sent back to him.
    private static String shortened(String id) {
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID) + "…";
    }

    private static Reply error(int status, String text) {
        return Reply.json(status, "{\"error\": " + PythonJson.quote(text) + "}");
    }

    private static SessionReference reference(SessionView session) {
        if (session.order().reference() instanceof SessionReference reference) {
            return reference;
        }
        throw new IllegalArgumentException(
                "session '%s' was not opened through this platform's adapter; answer it by".formatted(session.id())
                        + " the routes that read its order");
    }

    private static String seconds(Instant time) {
        return PythonJson.number(EpochClock.seconds(time));
    }
}
