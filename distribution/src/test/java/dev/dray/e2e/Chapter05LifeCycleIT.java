package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 5.1, 5.2, 5.4 and 5.5: the queue, and clients that hang up at each stage.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter05LifeCycleIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    private Gate gate = new Gate();
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("limits.queue", "5")
                .handler("route: /first, max-queue-time: none")
                .handler("route: /second, max-queue-time: none")
                .handler("route: /control, max-queue-time: none, queue: control")
                .handler("route: /patient, max-queue-time: none, queue: patient, queue-time-out: 200ms")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    @BeforeEach
    void holdTheModelServer() {
        gate = new Gate();
        Gate own = gate;
        for (String path : List.of("/first", "/second", "/control", "/patient", "/open")) {
            world.model().on(path, call -> {
                if (call.hold(own)) {
                    call.answer(200, call.text());
                }
            });
        }
    }

    @AfterEach
    void letEverybodyGo() throws Exception {
        gate.open();
        for (RawClient client : clients) {
            client.close();
        }
        clients.clear();
        world.await("idle worker", () -> inFlight() == 0 && queued() == 0);
    }

    private RawClient send(String path, String body) throws IOException {
        RawClient client = world.client();
        clients.add(client);
        return client.post(path, body);
    }

    private int queued() throws IOException {
        return world.status().path("queued").asInt(-1);
    }

    private int inFlight() throws IOException {
        return world.status().path("in-flight").asInt(-1);
    }

    private void awaitQueued(int count) throws InterruptedException {
        world.await(count + " queued requests", () -> queued() == count);
    }

    @Test
    void servesTwoSerialRoutesFromOneQueueInTheOrderOfArrival() throws Exception {
        int before = world.model().calls().size();
        List<String> routes = List.of("/first", "/second", "/second", "/first", "/second");
        for (int i = 0; i < routes.size(); i++) {
            send(routes.get(i), world.signed("{\"n\": " + i + "}"));
            int waiting = i;
            awaitQueued(waiting);
        }
        gate.open();

        for (int i = 0; i < routes.size(); i++) {
            assertThat(clients.get(i).answer().text()).isEqualTo("{\"n\": " + i + "}");
        }
        List<String> order = world.model().calls().stream()
                .skip(before)
                .filter(call -> routes.contains(call.path()))
                .map(Call::text)
                .toList();
        assertThat(order).containsExactly("{\"n\": 0}", "{\"n\": 1}", "{\"n\": 2}", "{\"n\": 3}", "{\"n\": 4}");
    }

    @Test
    void runsOneOfASerialRouteAtATime() throws Exception {
        int before = world.model().calls("/first").size();
        send("/first", world.signed("{}"));
        world.awaitModelCall("/first", before + 1);
        send("/first", world.signed("{}"));
        awaitQueued(1);

        assertThat(world.model().calls("/first").size()).isEqualTo(before + 1);
        assertThat(inFlight()).isEqualTo(1);
    }

    @Test
    void letsAnotherQueueAndParallelRoutesPass() throws Exception {
        int control = world.model().calls("/control").size();
        int open = world.model().calls("/open").size();
        send("/first", world.signed("{}"));
        send("/second", world.signed("{}"));
        awaitQueued(1);

        send("/control", world.signed("{}"));
        world.awaitModelCall("/control", control + 1);
        send("/open", world.signed("{}"));
        send("/open", world.signed("{}"));
        world.awaitModelCall("/open", open + 2);
    }

    @Test
    void expelsWhoWaitedTooLong() throws Exception {
        int before = world.model().calls("/patient").size();
        send("/patient", world.signed("{}"));
        world.awaitModelCall("/patient", before + 1);
        int idx = world.nextIdx();

        Answer answer = send("/patient", world.signed(idx, "{}")).answer();

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 60);
        assertThat(world.model().calls("/patient")).hasSize(before + 1);
        JsonNode outcome = world.awaitOutcome(idx);
        assertThat(outcome.path("status").asText()).isEqualTo("Rejected");
        assertThat(outcome.path("success").asBoolean(true)).isFalse();
        assertThat(outcome.path("work_started_at").asDouble(-1)).isZero();
    }

    @Test
    void refusesWhatTheQueueCannotHold() throws Exception {
        send("/first", world.signed("{}"));
        for (int i = 1; i <= 5; i++) {
            send("/second", world.signed("{}"));
            awaitQueued(i);
        }
        int idx = world.nextIdx();

        Answer answer = send("/first", world.signed(idx, "{}")).answer();

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.json().path("error").path("message").asText()).contains("5");
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
    }

    @Test
    void forgetsAClientThatHangsUpInTheQueueWithoutDisturbingTheOrder() throws Exception {
        int before = world.model().calls().size();
        send("/first", world.signed("{\"n\": 0}"));
        world.await("first request", () -> inFlight() == 1);
        int gone = world.nextIdx();
        RawClient leaver = send("/second", world.signed(gone, "{\"n\": 1}"));
        awaitQueued(1);
        RawClient stayer = send("/first", world.signed("{\"n\": 2}"));
        awaitQueued(2);

        leaver.close();
        awaitQueued(1);
        gate.open();

        assertThat(stayer.answer().text()).isEqualTo("{\"n\": 2}");
        assertThat(world.model().calls().stream().skip(before).map(Call::text)).doesNotContain("{\"n\": 1}");
        JsonNode outcome = world.awaitOutcome(gone);
        assertThat(outcome.path("status").asText()).isEqualTo("Cancelled");
        assertThat(outcome.path("success").asBoolean()).isTrue();
        assertThat(outcome.path("entered_queue_at").asDouble()).isPositive();
        assertThat(outcome.path("work_started_at").asDouble(-1)).isZero();
        assertThat(outcome.path("work_completed_at").asDouble(-1)).isZero();
    }

    @Test
    void endsTheModelServersWorkWhenTheClientHangsUpBeforeTheAnswer() throws Exception {
        int before = world.model().calls("/open").size();
        int idx = world.nextIdx();
        RawClient client = send("/open", world.signed(idx, "{}"));
        Call call = world.awaitModelCall("/open", before + 1);

        client.reset();

        world.await("closed connection at the model server", call::isGone);
        JsonNode outcome = world.awaitOutcome(idx);
        assertThat(outcome.path("status").asText()).isEqualTo("Cancelled");
        assertThat(outcome.path("success").asBoolean()).isTrue();
        assertThat(outcome.path("work_started_at").asDouble()).isPositive();
        assertThat(outcome.path("work_completed_at").asDouble(-1)).isZero();
    }

    @Test
    void endsTheModelServersWorkWhenTheClientHangsUpInMidStream() throws Exception {
        world.model().on("/open", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: 1\n\n");
            call.hang();
        });
        int before = world.model().calls("/open").size();
        int idx = world.nextIdx();
        RawClient client = send("/open", world.signed(idx, "{}"));
        client.readUntil("data: 1");
        Call call = world.awaitModelCall("/open", before + 1);

        client.close();

        world.await("closed connection at the model server", call::isGone);
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
    }

    @Test
    void givesTheLaneToTheNextWhenTheRunningClientHangsUp() throws Exception {
        int before = world.model().calls("/first").size();
        RawClient runner = send("/first", world.signed("{}"));
        world.awaitModelCall("/first", before + 1);
        send("/first", world.signed("{\"next\": true}"));
        awaitQueued(1);

        runner.close();

        assertThat(world.awaitModelCall("/first", before + 2).text()).isEqualTo("{\"next\": true}");
    }

    @Test
    void servesOnAfterARequestThatBreaksOffInItsBody() throws Exception {
        long received = world.status().path("requests-received").asLong();
        String body = world.signed("{}");
        try (RawClient client = world.client()) {
            client.send("POST /open HTTP/1.1\r\nHost: worker\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body.substring(0, 40));
            client.reset();
        }
        gate.open();

        assertThat(send("/open", body).answer().status()).isEqualTo(200);
        assertThat(world.status().path("requests-received").asLong()).isEqualTo(received + 1);
    }
}
