package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 11: sessions, from create to close.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter11SessionsIT {
    private static final String CREATE = "/session/create";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("sessions.max", "3")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none, workload: 10")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    /// A session as its client knows it.
    private record Open(String id, String auth, int requestIdx, JsonNode created) {
        String question() {
            return "{\"session_id\": \"%s\", \"session_auth\": %s}".formatted(id, auth);
        }
    }

    private String auth(int requestIdx, int cost) {
        return world.platform().authData(requestIdx, world.url()).replace("\"cost\": 1,", "\"cost\": " + cost + ",");
    }

    private Answer tryCreate(String auth, String payload) throws IOException {
        return world.post(CREATE, "{\"auth_data\": " + auth + ", \"payload\": " + payload + ", \"session_id\": null}");
    }

    private Open create(String payload) throws IOException {
        int idx = world.nextIdx();
        String auth = auth(idx, 40);
        Answer answer = tryCreate(auth, payload);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return new Open(answer.json().path("session_id").asText(), auth, idx, answer.json());
    }

    private Answer end(Open session) throws IOException {
        return world.post("/session/end", session.question());
    }

    private String inside(Open session, int requestIdx) {
        return world.signed(requestIdx, "{}")
                .replace("\"session_id\": null", "\"session_id\": \"" + session.id() + "\"");
    }

    @Test
    void createsLooksAtAndEndsASession() throws Exception {
        Open session = create("{\"lifetime\": 60.0, \"on_close_route\": \"/bye\", \"on_close_payload\": {\"a\": 1}}");
        assertThat(session.id()).matches("[A-Za-z0-9]{13}");
        assertThat(session.created().path("expiration").asDouble()).isPositive();

        Answer got = world.post("/session/get", session.question());
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "session_id",
                        "auth_data",
                        "lifetime",
                        "expiration",
                        "created_at",
                        "on_close_route",
                        "on_close_payload");
        assertThat(got.json().path("auth_data")).isEqualTo(Json.read(session.auth()));
        assertThat(got.json().path("lifetime").asDouble()).isEqualTo(60.0);
        assertThat(got.json().path("expiration")).isEqualTo(session.created().path("expiration"));
        assertThat(world.post("/session/health", session.question()).text()).isEqualTo("{\"ok\": true}");

        Answer ended = end(session);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.text()).isEqualTo("{\"ended\": true, \"removed_session\": \"" + session.id() + "\"}");
        assertThat(world.model().calls("/bye").getLast().json())
                .isEqualTo(Json.read("{\"a\": 1, \"session_id\": \"" + session.id() + "\"}"));
        assertThat(world.post("/session/health", session.question()).text()).isEqualTo("{\"ok\": false}");
        Answer gone = world.post("/session/get", session.question());
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.text()).isEqualTo("{\"error\": \"session does not exist\"}");
        Answer twice = end(session);
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.text()).isEqualTo("{\"error\": \"session with id " + session.id() + " not found\"}");
    }

    @Test
    void comparesTheSessionsSecretByValue() throws Exception {
        Open session = create("{}");
        String reordered = session.auth().replaceFirst("\\{(\"cost\": 40), (.*)}", "{$2, \"cost\": 40.0}");
        String wrong = session.auth().replace("\"endpoint\": \"local\"", "\"endpoint\": \"other\"");
        assertThat(reordered).isNotEqualTo(session.auth());

        for (String route : new String[] {"/session/get", "/session/health", "/session/end"}) {
            Answer answer =
                    world.post(route, "{\"session_id\": \"" + session.id() + "\", \"session_auth\": " + wrong + "}");
            assertThat(answer.status()).as(route).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"error\": \"session_auth is not valid\"}");
        }
        assertThat(world.post(
                                "/session/get",
                                "{\"session_id\": \"" + session.id() + "\", \"session_auth\": " + reordered + "}")
                        .status())
                .isEqualTo(200);
        assertThat(end(session).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | {\"error\": \"invalid JSON\"}",
                "{} | {\"error\": \"missing session_id\"}",
                "{\"session_id\": \"\"} | {\"error\": \"missing session_id\"}"
            })
    void refusesAQuestionWithoutASession(String body, String expected) throws Exception {
        for (String route : new String[] {"/session/get", "/session/health", "/session/end"}) {
            Answer answer = world.post(route, body);

            assertThat(answer.status()).as(route).isEqualTo(422);
            assertThat(answer.text()).as(route).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"lifetime\": null}", "{\"lifetime\": \"long\"}", "[]", "null"})
    void refusesToCreateFromABadPayload(String payload) throws Exception {
        assertThat(tryCreate(auth(world.nextIdx(), 1), payload).status()).isEqualTo(422);
    }

    @Test
    void asksForASignatureAtCreate() throws Exception {
        String forged = auth(world.nextIdx(), 1).replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");

        assertThat(tryCreate(forged, "{}").status()).isEqualTo(401);
    }

    @Test
    void opensNoMoreSessionsThanItMay() throws Exception {
        Open first = create("{}");
        Open second = create("{}");
        Open third = create("{}");
        int idx = world.nextIdx();

        Answer refused = tryCreate(auth(idx, 40), "{}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
        for (Open session : new Open[] {first, second, third}) {
            assertThat(end(session).status()).isEqualTo(200);
        }
    }

    @Test
    void countsTheReservationUntilTheSessionIsClosed() throws Exception {
        Open session = create("{}");
        JsonNode reserved = world.awaitReport(
                "reservation",
                report -> report.path("working_request_idxs").toString().contains("" + session.requestIdx()));
        assertThat(reserved.path("cur_load").asDouble()).isGreaterThanOrEqualTo(40);
        int inside = world.nextIdx();
        assertThat(world.post("/open", inside(session, inside)).status()).isEqualTo(200);
        int outside = world.nextIdx();
        assertThat(world.post("/open", world.signed(outside, "{}")).status()).isEqualTo(200);

        assertThat(end(session).status()).isEqualTo(200);

        JsonNode outcome = world.awaitOutcome(session.requestIdx());
        assertThat(outcome.path("status").asText()).isEqualTo("Success");
        assertThat(outcome.path("entered_queue_at")).isEqualTo(outcome.path("work_started_at"));
        world.awaitOutcome(outside);
        assertThat(world.platform().outcome(inside)).as("never listed").isEmpty();
    }

    @Test
    void extendsTheSessionWithEveryRequestInIt() throws Exception {
        Open session = create("{\"lifetime\": 100}");
        double before = session.created().path("expiration").asDouble();

        assertThat(world.post("/open", inside(session, world.nextIdx())).status())
                .isEqualTo(200);
        assertThat(world.post("/open", inside(session, world.nextIdx())).status())
                .isEqualTo(200);
        String forged =
                inside(session, world.nextIdx()).replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");
        assertThat(world.post("/open", forged).status()).isEqualTo(401);

        JsonNode got = world.post("/session/get", session.question()).json();
        assertThat(got.path("expiration").asDouble()).isBetween(before + 199.9, before + 200.1);
        assertThat(end(session).status()).isEqualTo(200);
    }

    @Test
    void closesASessionThatExpired() throws Exception {
        Open session = create("{\"lifetime\": 0.2, \"on_close_route\": \"/expired\"}");

        world.await("callback", () -> !world.model().calls("/expired").isEmpty());

        assertThat(world.model().calls("/expired").getLast().json())
                .isEqualTo(Json.read("{\"session_id\": \"" + session.id() + "\"}"));
        assertThat(world.post("/open", inside(session, world.nextIdx())).status())
                .isEqualTo(410);
    }

    @Test
    void endsTheRequestsOfASessionThatIsClosed() throws Exception {
        Open session = create("{}");
        world.model().on("/open", Call::hang);
        try (RawClient client = world.client()) {
            int before = world.model().calls("/open").size();
            client.post("/open", inside(session, world.nextIdx()));
            Call call = world.awaitModelCall("/open", before + 1);

            assertThat(end(session).status()).isEqualTo(200);

            world.await("closed connection at the model server", call::isGone);
            assertThat(client.isEnded()).isTrue();
        } finally {
            world.model().on("/open", call -> call.answer(200, "{}"));
        }
    }

    @Test
    void endsASessionOnTheInternalListener() throws Exception {
        Open session = create("{}");
        try (RawClient client = RawClient.to(world.internalPort())) {
            assertThat(client.post("/session/get", session.question()).answer().status())
                    .isEqualTo(404);
        }
        try (RawClient client = RawClient.to(world.internalPort())) {
            assertThat(client.post("/session/end", session.question()).answer().status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://169.254.169.254/x", "http://10.0.0.1/x", "http://127.0.0.1:1/x", "file:///etc/passwd"})
    void refusesACallbackToWhereNoneMayGo(String target) throws Exception {
        Answer answer = tryCreate(auth(world.nextIdx(), 1), "{\"on_close_route\": \"" + target + "\"}");

        assertThat(answer.status()).isEqualTo(422);
    }
}
