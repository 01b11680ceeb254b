package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often the worker holds the body of a request: its heap is small beside bodies of tens of megabytes.
class BodyMemoryIT {
    private static final int BODY = 24 << 20;
    // What else comes and goes between two looks is a few megabytes.
    private static final long NONE = BODY / 2;
    private static final long TWO = BODY * 3L / 2;

    private final Gate gate = new Gate();

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler("route: /serial, allow-parallel-requests: false, max-queue-time: none")
                .ready();
        world.model().on("/serial", call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        world.close();
    }

    private long heldBytes() throws IOException, InterruptedException {
        return Footprint.of(world.worker(), world).heapBytes();
    }

    private RawClient send(String payload) throws IOException {
        return world.client().post("/serial", world.signed(payload));
    }

    private static String large() {
        return "{\"text\": \"" + "x".repeat(BODY) + "\"}";
    }

    @Test
    void holdsABodyOnceWhileItsRequestWaitsInTheQueue() throws Exception {
        try (RawClient first = send("{}")) {
            world.awaitModelCall("/serial", 1);
            long before = heldBytes();
            try (RawClient second = send(large())) {
                world.await(
                        "one in the queue", () -> world.status().path("queued").asInt() == 1);

                assertThat(heldBytes() - before).isBetween(NONE, TWO);

                gate.open();
                assertThat(first.answer().status()).isEqualTo(200);
                assertThat(second.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void holdsABodyAtMostOnceWhileTheModelServerWorks() throws Exception {
        long before = heldBytes();
        try (RawClient client = send(large())) {
            world.awaitModelCall("/serial", 1);

            assertThat(heldBytes() - before).isLessThan(TWO);

            gate.open();
            assertThat(client.answer().status()).isEqualTo(200);
            world.await("no body", () -> heldBytes() - before < NONE);
        }
    }
}
