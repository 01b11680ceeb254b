package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients and model servers that go, or fall silent: each request has one outcome, and what the worker held for them
/// is
/// given back: descriptors, threads, connections, memory.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VanishingClientsIT {
    private static final int CLIENTS = 2_000;
    private static final long MIB = 1 << 20;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("limits.client-idle", "20s")
                .handler("route: /held, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /flood, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /head, allow-parallel-requests: true, max-queue-time: none, time-outs: {idle: 1s}");
        world.model().on("/held", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: {}\n\n");
            call.hang();
        });
        world.ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    private int inFlight() throws IOException {
        return world.status().path("in-flight").asInt(-1);
    }

    private Map<String, Long> outcomes(List<Integer> of) {
        return world.platform().outcomes().stream()
                .filter(outcome -> of.contains(outcome.path("request_idx").asInt()))
                .collect(Collectors.groupingBy(outcome -> outcome.path("status").asText(), Collectors.counting()));
    }

    @Test
    void givesEverythingBackWhenTwoThousandClientsVanishAtOnce() throws Exception {
        vanish(200); // What is grown once and kept: buffers, pools, classes.
        Footprint before = Footprint.of(world.worker(), world);

        vanish(CLIENTS);

        world.await("all descriptors", () -> Footprint.descriptors(world.worker()) <= before.descriptors() + 5);
        world.await("idle connections to end", () -> world.model().openConnections() <= 5);
        Footprint after = Footprint.of(world.worker(), world);
        assertThat(after.threads()).isCloseTo(before.threads(), within(10L));
        assertThat(after.heapBytes()).isLessThan(before.heapBytes() + 16 * MIB);
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
    }

    private void vanish(int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        int earlier = world.model().calls("/held").size();
        for (int i = 0; i < count; i++) {
            int idx = world.nextIdx();
            asked.add(idx);
            clients.add(world.client().post("/held", world.signed(idx, "{}")));
        }
        world.await("all in flight", () -> inFlight() == count);
        world.await("all to be asked", () -> world.model().calls("/held").size() == earlier + count);

        for (RawClient client : clients) {
            client.reset();
        }

        world.await("none in flight", () -> inFlight() == 0);
        world.await("all outcomes", () -> outcomes(asked).equals(Map.of("Cancelled", (long) count)));
        assertThat(world.model().calls("/held").stream().skip(earlier)).allMatch(Call::isGone);
    }

    @Test
    void keepsNoMoreThanABufferForAClientThatReadsAByteNowAndThen() throws Exception {
        var written = new AtomicLong();
        world.model().on("/flood", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            String much = "data: " + "x".repeat(16_000) + "\n\n";
            while (!call.isGone()) {
                call.chunk(much);
                written.addAndGet(much.length());
            }
        });
        Footprint before = Footprint.of(world.worker(), world);
        int idx = world.nextIdx();
        try (RawClient slow = world.client()) {
            slow.post("/flood", world.signed(idx, "{}"));
            slow.head();
            long last = -1;
            // Until the model server has to wait for the client, whatever the systems' own buffers hold.
            while (last != written.get()) {
                last = written.get();
                for (int i = 0; i < 50; i++) {
                    slow.byteOrEnd();
                    assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
                }
            }
            Footprint during = Footprint.of(world.worker(), world);
            assertThat(during.heapBytes()).isLessThan(before.heapBytes() + 4 * MIB);
            assertThat(slow.byteOrEnd()).isNotNegative();
        }
        world.await(
                "the model server's work to end",
                () -> world.model().calls("/flood").getFirst().isGone());
        assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Cancelled");
    }

    @Test
    void endsAnAnswerThatStopsAfterItsHead() throws Exception {
        world.model().on("/head", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.hang();
        });
        int idx = world.nextIdx();

        Answer answer = world.post("/head", world.signed(idx, "{}"));

        assertThat(answer.complete()).isFalse();
        JsonNode outcome = world.awaitOutcome(idx);
        assertThat(outcome.path("status").asText()).isEqualTo("Error");
        world.await("nothing in flight", () -> inFlight() == 0);
        world.await(
                "the connection to end",
                () -> world.model().calls("/head").getFirst().isGone());
    }

    @Test
    void asksTheSystemWhetherSilentClientsAreStillThere() throws Exception {
        // A machine that lost its power sends no end of its connections; a stream to it would never end by itself.
        try (RawClient client = world.client()) {
            client.post("/held", world.signed("{}"));
            client.head();
            assertThat(KernelSocket.at(world.port())).isNotEmpty().allMatch(KernelSocket::isAskedSoon);
        }
    }
}
