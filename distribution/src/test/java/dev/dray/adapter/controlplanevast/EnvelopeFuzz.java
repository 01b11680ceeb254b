package dev.dray.adapter.controlplanevast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.fuzz.JacksonJson;
import dev.dray.fuzz.Promise;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import java.util.Optional;

/// What the envelope's scan takes for payload and session is what a tree parser finds there, byte for byte and without
/// a
/// copy; what it refuses has a JSON body that says why.
public final class EnvelopeFuzz {
    private EnvelopeFuzz() {}

    @SuppressWarnings("ReferenceEquality") // the same array, not one like it: nothing is copied
    public static void fuzzerTestOneInput(byte[] input) {
        boolean unsecured = input.length > 0 && (input[0] & 1) == 0;
        var body = Bytes.of(input);
        switch (EnvelopeReader.read(body, unsecured)) {
            case Opened.Malformed(var reply) -> {
                Promise.same(reply.status(), 422, "what is malformed gets 422");
                JsonValue.parse(reply.body());
            }
            case Opened.Complete(Envelope envelope) -> {
                Bytes payload = envelope.payload().bytes();
                Promise.hold(payload.array() == body.array(), "the payload is a range of the body");
                if (!JacksonJson.isNoJudge(input)) {
                    compare(envelope, JacksonJson.tree(input).orElseThrow());
                }
            }
        }
    }

    private static void compare(Envelope envelope, JsonNode whole) {
        JacksonJson.requireSame(envelope.payload().value(), whole.path("payload"));
        Promise.hold(whole.path("payload").isObject(), "a payload is an object");
        Promise.hold(whole.path("auth_data").isObject(), "auth_data is an object");
        JsonNode session = whole.path("session_id");
        Optional<String> expected = session.isMissingNode() || session.isNull()
                ? Optional.empty()
                : Optional.of(session.isTextual() ? session.textValue() : "");
        Promise.same(envelope.sessionId().isPresent(), expected.isPresent(), "a session is named or not");
        if (session.isTextual()) {
            Promise.same(envelope.sessionId(), expected, "the session is the one that is named");
        }
    }
}
