package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.SessionOrder;
import dev.dray.port.outbound.SessionView;
import java.time.Instant;
import java.util.List;

/// Requests about sessions, and sessions, with quiet defaults.
final class Sessions {
    static final String ID = "aB3dE5gH7jK9m";
    static final Instant CREATED = Instant.parse("2026-11-23T12:00:00.250Z");
    static final Instant EXPIRES = CREATED.plusSeconds(60);

    /// With white space, an escape and a number that must survive as they are.
    static final String AUTH_DATA =
            "{\"cost\":  1e2, \"endpoint\": \"\\u0065\", \"reqnum\": 1234, \"request_idx\": 5, \"signature\": \"s\", "
                    + "\"url\": \"https://203.0.113.7:41234\", \"__request_id\": \"x\"}";

    private Sessions() {}

    /// The body of `/session/create` with that payload.
    static String create(String payload) {
        return create(AUTH_DATA, payload);
    }

    static String create(String authData, String payload) {
        return "{\"auth_data\": " + authData + ", \"payload\": " + payload + ", \"session_id\": null}";
    }

    static InboundRequest request(String path, String body, HeaderField... headers) {
        return new InboundRequest("POST", path, List.of(headers), Bytes.utf8(body), 1, "203.0.113.9:5555");
    }

    static PlatformRequest read(String path, String body) {
        return new VastRoutes(Samples.settings("http://127.0.0.1:1")).read(request(path, body));
    }

    static SessionOrder order(String body) {
        return ((PlatformRequest.OpenSession) read("/session/create", body)).order();
    }

    static SessionView view(String payload) {
        return new SessionView(ID, order(create(payload)), CREATED, EXPIRES);
    }
}
