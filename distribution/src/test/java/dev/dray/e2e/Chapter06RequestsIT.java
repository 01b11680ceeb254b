package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 6.1: what the model server gets, and over which connections.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter06RequestsIT {
    private static final String OPEN = "/open";
    private static final String ROUTE = "route: /open, allow-parallel-requests: true, max-queue-time: none";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler(ROUTE)
                .set("model.forward-headers", "[X-Tenant]")
                .set("model.headers", "{Authorization: Bearer engine-key}")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    private Call forwarded(String payload, String... headerLines) throws Exception {
        assertThat(world.post(OPEN + "?api_key=EK", world.signed(payload), headerLines)
                        .status())
                .isEqualTo(200);
        return world.model().calls(OPEN).getLast();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\": 1, \"a\": 2}",
                "{\"number\": 1e2, \"long\": 1.0, \"big\": 123456789012345678901234567890}",
                "{\"text\": \"é \\u00e9 \\/ \ud83d\ude00\"}",
                "{\"twice\": 1, \"twice\": 2}",
                "{\"nan\": NaN, \"infinite\": -Infinity}",
                "{  \"spaces\"  :\t[ 1 ,2 ]\r\n}",
                "{\"deep\": [[[[{\"a\": {\"payload\": {}}}]]]]}",
                "{}"
            })
    void forwardsThePayloadsOwnBytes(String payload) throws Exception {
        Call call = forwarded(payload);

        assertThat(call.text()).isEqualTo(payload);
        assertThat(call.header("Content-Length")).hasValue("" + payload.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void forwardsTheLastOfTwoPayloads() throws Exception {
        String body = world.signed("{\"second\": true}").replaceFirst("\"payload\"", "\"payload\": [1], \"payload\"");
        assertThat(world.post(OPEN, body).status()).isEqualTo(200);

        assertThat(world.model().calls(OPEN).getLast().text()).isEqualTo("{\"second\": true}");
    }

    @Test
    void forwardsAPayloadOfMegabytes() throws Exception {
        String payload = "{\"image\": \"" + "A".repeat(5_000_000) + "\"}";

        assertThat(forwarded(payload).text()).isEqualTo(payload);
    }

    @Test
    void forwardsHeadersByAllowListAndNeverTheQuery() throws Exception {
        Call call = forwarded(
                "{}",
                "Accept: text/event-stream",
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "tracestate: a=b",
                "baggage: c=d",
                "X-Request-Id: r-1",
                "X-Tenant: t-1",
                "Authorization: Bearer EK",
                "Cookie: a=b",
                "X-Other: no",
                "User-Agent: vastai-sdk/1",
                "Forwarded: for=1.2.3.4",
                "Content-Type: text/plain");

        assertThat(call.requestLine()).isEqualTo("POST /open HTTP/1.1");
        assertThat(call.header("Accept")).hasValue("text/event-stream");
        assertThat(call.header("traceparent")).hasValue("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(call.header("tracestate")).hasValue("a=b");
        assertThat(call.header("baggage")).hasValue("c=d");
        assertThat(call.header("X-Request-Id")).hasValue("r-1");
        assertThat(call.header("X-Tenant")).hasValue("t-1");
        assertThat(call.header("Authorization")).hasValue("Bearer engine-key");
        assertThat(call.header("Content-Type")).hasValue("application/json");
        assertThat(call.header("Host")).hasValue("127.0.0.1:" + world.model().port());
        assertThat(call.header("User-Agent").orElse("")).startsWith("dray/");
        for (String kept : List.of("Cookie", "X-Other", "Forwarded", "Connection", "Transfer-Encoding")) {
            assertThat(call.header(kept)).as(kept).isEmpty();
        }
        assertThat(String.join("\n", call.headers())).doesNotContain("EK");
    }

    @Test
    void asksForNoEncodingThatTheClientDidNotAskFor() throws Exception {
        assertThat(forwarded("{}").header("Accept-Encoding")).hasValue("identity");
        assertThat(forwarded("{}", "Accept-Encoding: gzip, br").header("Accept-Encoding"))
                .hasValue("gzip, br");
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        Object first = forwarded("{}").connection();

        assertThat(forwarded("{}").connection()).isSameAs(first);
    }

    @Test
    void takesANewConnectionWhenTheModelServerClosedTheIdleOne() throws Exception {
        world.model().on(OPEN, call -> {
            call.answer(200, "{}");
            call.close();
        });
        Object first = forwarded("{}").connection();

        assertThat(forwarded("{}").connection()).isNotSameAs(first);
        world.model().on(OPEN, call -> call.answer(200, "{}"));
    }

    @Test
    void sendsARequestOnceEvenIfItWasLost() throws Exception {
        int before = world.model().calls(OPEN).size();
        world.model().on(OPEN, Call::reset);

        assertThat(world.post(OPEN, world.signed("{}")).status()).isEqualTo(502);

        assertThat(world.model().calls(OPEN).size() - before).isEqualTo(1);
        world.model().on(OPEN, call -> call.answer(200, "{}"));
    }

    @Test
    void holdsMoreThanAHundredAtOnce() throws Exception {
        var gate = new Gate();
        world.model().on(OPEN, call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
        int before = world.model().calls(OPEN).size();
        var clients = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 130; i++) {
                RawClient client = world.client();
                clients.add(client.post(OPEN, world.signed("{}")));
            }
            world.awaitModelCall(OPEN, before + 130);
            gate.open();
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(200);
            }
        } finally {
            gate.open();
            for (RawClient client : clients) {
                client.close();
            }
        }
        world.model().on(OPEN, call -> call.answer(200, "{}"));
    }

    @Test
    void keepsMoreRequestsThanConnectionsWaiting(@TempDir Path folder) throws Exception {
        var gate = new Gate();
        try (World narrow = new World(folder)
                .handler(ROUTE)
                .set("limits.model-connections", "1")
                .ready()) {
            narrow.model().on(OPEN, call -> {
                if (call.hold(gate)) {
                    call.answer(200, "{}");
                }
            });
            try (RawClient first = narrow.client();
                    RawClient second = narrow.client()) {
                first.post(OPEN, narrow.signed("{}"));
                narrow.awaitModelCall(OPEN, 1);
                second.post(OPEN, narrow.signed("{}"));
                narrow.await(
                        "two requests", () -> narrow.status().path("in-flight").asInt() == 2);
                assertThat(narrow.model().calls(OPEN)).hasSize(1);
                gate.open();
                assertThat(first.answer().status()).isEqualTo(200);
                assertThat(second.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void answersForAModelServerThatIsDownAndForOneThatIsBack(@TempDir Path folder) throws Exception {
        try (World down = new World(folder).handler(ROUTE).ready()) {
            down.model().stop();
            Answer first = down.post(OPEN, down.signed("{}"));
            assertThat(first.status()).isEqualTo(502);
            assertThat(first.header("X-Dray-Error-Source")).hasValue("model");

            down.await("open circuit breaker", () -> {
                Answer answer = down.post(OPEN, down.signed("{}"));
                return answer.status() == 503
                        && answer.header("Retry-After").isPresent()
                        && answer.header("X-Dray-Error-Source")
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .equals("model");
            });
            assertThat(down.status()
                            .path("model-servers")
                            .path(0)
                            .path("circuit-breaker")
                            .asText())
                    .isNotEqualTo("closed");

            down.model().restart();
            down.await(
                    "served request", () -> down.post(OPEN, down.signed("{}")).status() == 200);
        }
    }
}
