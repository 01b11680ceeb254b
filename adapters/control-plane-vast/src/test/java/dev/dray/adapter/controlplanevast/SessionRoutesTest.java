package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.SessionSecret;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.Entrance;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.SessionOrder;
import dev.dray.port.outbound.SessionView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRoutesTest {
    private static final VastRoutes ROUTES = new VastRoutes(Samples.settings("http://127.0.0.1:1"));

    @Test
    void hasThePathsOfTheProtocolOnEachListener() {
        assertThat(ROUTES.paths(Entrance.CLIENTS))
                .containsExactlyInAnyOrder(
                        "/session/create", "/session/end", "/session/get", "/session/health", "/pyworker/update");
        assertThat(ROUTES.paths(Entrance.INTERNAL)).containsExactly("/session/end");
        assertThatThrownBy(() -> Sessions.read("/other", "{}")).hasMessageContaining("'/other'");
    }

    @Nested
    class Create {
        @Test
        void readsAnOrder() {
            SessionOrder order = Sessions.order(Sessions.create(
                    "{\"lifetime\": 12.5, \"on_close_route\": \"/bye\", \"on_close_payload\": {\"a\": 1}}"));

            assertThat(order.units()).isEqualTo(100);
            assertThat(order.lifetime()).isEqualTo(Duration.ofMillis(12_500));
            assertThat(order.closeTarget()).contains("/bye");
            assertThat(order.reference().toString()).isEqualTo("SessionReference[5]");
        }

        @Test
        void livesAMinuteUnlessTold() {
            SessionOrder order = Sessions.order(Sessions.create("{}"));

            assertThat(order.lifetime()).isEqualTo(Duration.ofSeconds(60));
            assertThat(order.closeTarget()).isEmpty();
        }

        @Test
        void takesTheNullsTheClientSends() {
            SessionOrder order = Sessions.order(
                    Sessions.create("{\"lifetime\": 60.0, \"on_close_route\": null, \"on_close_payload\": null}"));

            assertThat(order.lifetime()).isEqualTo(Duration.ofSeconds(60));
            assertThat(order.closeTarget()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "-5, -5", "1e3, 1000", "true, 1", "1e300, 315360000", "-Infinity, -315360000"})
        void takesAnyNumberForALifetime(String lifetime, long seconds) {
            assertThat(Sessions.order(Sessions.create("{\"lifetime\": " + lifetime + "}"))
                            .lifetime())
                    .isEqualTo(Duration.ofSeconds(seconds));
        }

        @ParameterizedTest
        @CsvSource({"256, 256", "\" 12.5 \", 12.5", "0, 0", "true, 1"})
        void takesNumericStringsForACost(String cost, double units) {
            assertThat(Sessions.order(Sessions.create(costing(cost), "{}")).units())
                    .isEqualTo(units);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"much\"", "\"\"", "[]", "{}", "-1", "NaN", "Infinity", "1e999", "\"-1\""})
        void refusesACostThatIsNone(String cost) {
            assertRefused(
                    Sessions.create(costing(cost), "{}"),
                    "{\"auth_data\": {\"cost\": \"must be a number, 0 or more\"}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"60\"", "[]", "{}", "NaN"})
        void refusesALifetimeThatIsNoNumber(String lifetime) {
            assertRefused(
                    Sessions.create("{\"lifetime\": " + lifetime + "}"),
                    "{\"payload\": {\"lifetime\": \"must be a number\"}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "true", "[]", "{}"})
        void refusesARouteThatIsNoText(String route) {
            assertRefused(
                    Sessions.create("{\"on_close_route\": " + route + "}"),
                    "{\"payload\": {\"on_close_route\": \"must be a string or null\"}}");
        }

        @Test
        void namesAllProblemsAtOnce() {
            assertRefused(
                    Sessions.create("{\"cost\": 1, \"url\": \"u\"}", "{\"lifetime\": [], \"on_close_route\": 7}"),
                    "{\"auth_data\": {\"endpoint\": \"missing parameter\", \"reqnum\": \"missing parameter\", "
                            + "\"request_idx\": \"missing parameter\", \"signature\": \"missing parameter\"}, "
                            + "\"payload\": {\"lifetime\": \"must be a number\", "
                            + "\"on_close_route\": \"must be a string or null\"}}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{}", "\"text\"", "null", "7", "true"})
        void refusesABodyThatIsNoObject(String body) {
            assertRefused(body, "{\"auth_data\": \"field missing\", \"payload\": \"field missing\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "{\"a\": 1}x"})
        void refusesWhatIsNotJson(String body) {
            assertRefused(body, "{\"error\": \"invalid JSON\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "\"x\"", "1"})
        void refusesAPayloadThatIsNoObject(String payload) {
            assertRefused(Sessions.create(payload), "{\"payload\": {\"data\": \"payload must be a dictionary\"}}");
        }

        @Test
        void refusesHugeAuthData() {
            String authData = Sessions.AUTH_DATA.replace("\"x\"", "\"" + "x".repeat(70_000) + "\"");

            assertRefused(Sessions.create(authData, "{}"), "{\"auth_data\": \"must have at most 65536 bytes\"}");
        }

        private void assertRefused(String body, String json) {
            var answered = (PlatformRequest.Answered) Sessions.read("/session/create", body);

            assertThat(answered.outcome()).isEqualTo(Outcome.INVALID);
            assertReply(answered.reply(), 422, json);
        }

        private static String costing(String cost) {
            return Sessions.AUTH_DATA.replace("1e2", cost);
        }
    }

    @Nested
    class Use {
        @ParameterizedTest
        @CsvSource({"/session/get, DESCRIBE", "/session/health, PROBE", "/session/end, END"})
        void readsWhatIsToBeDone(String path, SessionUse expected) {
            PlatformRequest request = Sessions.read(
                    path, "{\"session_id\": \"" + Sessions.ID + "\", \"session_auth\": " + Sessions.AUTH_DATA + "}");

            assertThat(request).isInstanceOfSatisfying(PlatformRequest.UseSession.class, use -> {
                assertThat(use.use()).isEqualTo(expected);
                assertThat(use.id()).isEqualTo(Sessions.ID);
                assertThat(use.secret())
                        .isEqualTo(Sessions.order(Sessions.create("{}")).secret());
            });
        }

        @Test
        void comparesAuthByValue() {
            assertThat(secret("{\"url\": \"https:\\/\\/203.0.113.7:41234\", \"cost\": 7, \"cost\": 100.0, "
                            + "\"endpoint\": \"e\", \"reqnum\": 1234.0, \"signature\": \"s\", \"request_idx\": 5e0, "
                            + "\"__request_id\": \"x\"}"))
                    .isEqualTo(Sessions.order(Sessions.create("{}")).secret());
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}", "\"x\"", "[]"})
        void takesOtherAuthForAnother(String auth) {
            assertThat(secret(auth))
                    .isNotEqualTo(Sessions.order(Sessions.create("{}")).secret());
        }

        @Test
        void takesHugeAuthForAnother() {
            assertThat(secret("\"" + "x".repeat(70_000) + "\"")).isEqualTo(SessionSecret.of(new byte[0]));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"session_id\": null}",
                    "{\"session_id\": \"\"}",
                    "{\"session_id\": 0}",
                    "{\"session_id\": false}",
                    "{\"session_id\": []}",
                    "[]",
                    "null",
                    "7"
                })
        void missesAnId(String body) {
            assertRefused(body, "{\"error\": \"missing session_id\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[1]", "{\"a\": 1}"})
        void refusesAnIdThatIsNoText(String id) {
            assertRefused("{\"session_id\": " + id + "}", "{\"error\": \"session_id must be a string\"}");
        }

        @Test
        void refusesWhatIsNotJson() {
            assertRefused("", "{\"error\": \"invalid JSON\"}");
        }

        @Test
        void asksForANumberAsForAnUnknownId() {
            assertThat(Sessions.read("/session/end", "{\"session_id\": 12}"))
                    .isInstanceOfSatisfying(
                            PlatformRequest.UseSession.class,
                            use -> assertThat(use.id()).isEqualTo("12"));
        }

        private static SessionSecret secret(String auth) {
            return ((PlatformRequest.UseSession)
                            Sessions.read("/session/get", "{\"session_id\": \"x\", \"session_auth\": " + auth + "}"))
                    .secret();
        }

        private static void assertRefused(String body, String json) {
            for (String path : List.of("/session/get", "/session/health", "/session/end")) {
                var answered = (PlatformRequest.Answered) Sessions.read(path, body);
                assertThat(answered.outcome()).isEqualTo(Outcome.INVALID);
                assertReply(answered.reply(), 422, json);
            }
        }
    }

    @Nested
    class Answers {
        @Test
        void tellsIdAndExpiryOfWhatWasOpened() {
            assertAnswer(
                    new SessionAnswer.Opened(Sessions.view("{}")),
                    201,
                    "{\"session_id\": \"aB3dE5gH7jK9m\", \"expiration\": 1795435260.25}");
        }

        @Test
        void givesBackWhatTheClientSent() {
            assertAnswer(
                    new SessionAnswer.Described(Sessions.view("{\"lifetime\": 60, \"on_close_route\": \"/bye\", "
                            + "\"on_close_payload\": {\"b\":1.50, \"a\": \"é\"}}")),
                    200,
                    "{\"session_id\": \"aB3dE5gH7jK9m\", \"auth_data\": " + Sessions.AUTH_DATA
                            + ", \"lifetime\": 60, \"expiration\": 1795435260.25, \"created_at\": 1795435200.25, "
                            + "\"on_close_route\": \"/bye\", \"on_close_payload\": {\"b\":1.50, \"a\": \"é\"}}");
        }

        @Test
        void keepsAPayloadOnlyWithARoute() {
            assertAnswer(
                    new SessionAnswer.Described(Sessions.view("{\"on_close_payload\": {\"a\": 1}}")),
                    200,
                    "{\"session_id\": \"aB3dE5gH7jK9m\", \"auth_data\": " + Sessions.AUTH_DATA
                            + ", \"lifetime\": 60.0, \"expiration\": 1795435260.25, \"created_at\": 1795435200.25, "
                            + "\"on_close_route\": null, \"on_close_payload\": null}");
        }

        @Test
        void saysWhatBecameOfIt() {
            assertAnswer(new SessionAnswer.Alive("x"), 200, "{\"ok\": true}");
            assertAnswer(new SessionAnswer.Ended("x\"y"), 200, "{\"ended\": true, \"removed_session\": \"x\\\"y\"}");
            assertAnswer(new SessionAnswer.WrongSecret("x"), 401, "{\"error\": \"session_auth is not valid\"}");
            assertAnswer(new SessionAnswer.AlreadyClosed("x"), 410, "{\"error\": \"session already closed\"}");
        }

        @Test
        void saysThatItIsUnknown() {
            assertAnswer(
                    new SessionAnswer.Unknown(SessionUse.DESCRIBE, "x"),
                    400,
                    "{\"error\": \"session does not exist\"}");
            assertAnswer(new SessionAnswer.Unknown(SessionUse.PROBE, "x"), 200, "{\"ok\": false}");
            assertAnswer(
                    new SessionAnswer.Unknown(SessionUse.END, "x\"y"),
                    400,
                    "{\"error\": \"session with id x\\\"y not found\"}");
        }

        @Test
        void sendsNoLongTextBackToSomebodyUnknown() {
            assertAnswer(
                    new SessionAnswer.Unknown(SessionUse.END, "x".repeat(10_000)),
                    400,
                    "{\"error\": \"session with id " + "x".repeat(100) + "\\u2026 not found\"}");
        }

        private static void assertAnswer(SessionAnswer answer, int status, String json) {
            assertReply(ROUTES.answer(answer), status, json);
        }
    }

    @Nested
    class Callbacks {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "null | {\"session_id\": \"aB3dE5gH7jK9m\"}",
                    "{} | {\"session_id\": \"aB3dE5gH7jK9m\"}",
                    "{\"a\": 1.50 } | {\"a\": 1.50, \"session_id\": \"aB3dE5gH7jK9m\"}",
                    "{\"session_id\": 7} | {\"session_id\": 7}",
                    "[1, 2] | {\"payload\": [1, 2], \"session_id\": \"aB3dE5gH7jK9m\"}",
                    "\"é\" | {\"payload\": \"é\", \"session_id\": \"aB3dE5gH7jK9m\"}"
                })
        void postsThePayloadWithTheSession(String payload, String posted) {
            SessionView view = Sessions.view(
                    "{\"on_close_route\": \"http://198.51.100.1/x\", \"on_close_payload\": " + payload + "}");

            assertThat(ROUTES.callback(view))
                    .contains(new CallbackSender.Callback("http://198.51.100.1/x", Bytes.utf8(posted)));
        }

        @Test
        void postsAnEmptyObjectWithoutAPayload() {
            assertThat(ROUTES.callback(Sessions.view("{\"on_close_route\": \"/bye\"}")))
                    .contains(new CallbackSender.Callback(
                            "/bye", Bytes.utf8("{\"session_id\": \"" + Sessions.ID + "\"}")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"on_close_route\": null}", "{\"on_close_route\": \"\"}"})
        void postsNothingWithoutARoute(String payload) {
            assertThat(ROUTES.callback(Sessions.view(payload))).isEqualTo(Optional.empty());
        }
    }

    private static void assertReply(Reply reply, int status, String json) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsExactly(new HeaderField("Content-Type", "application/json; charset=utf-8"));
        assertThat(reply.body().utf8Text()).isEqualTo(json);
    }
}
