package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 5.3 and the first half of 5.1: who is let in, by state and by the estimated wait.
class Chapter05WaitTimeIT {
    /// The model server holds every request of a path.
    private static Gate hold(World world, String path) {
        var gate = new Gate();
        world.model().on(path, call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
        return gate;
    }

    @Test
    void estimatesTheWaitAtAdmissionByAllWorkInFlight(@TempDir Path folder) throws Exception {
        // 1 unit/s: one request of 1,000 units is 100 s of work at least, whatever is credited for its progress.
        try (World world = new World(folder)
                .set("capacity", "1")
                .handler("route: /large, allow-parallel-requests: true, max-queue-time: none, workload: 1000")
                .handler("route: /quick, allow-parallel-requests: true, max-queue-time: 50s, workload: 1")
                .handler("route: /huge, allow-parallel-requests: true, max-queue-time: 0, workload: 100000")
                .handler("route: /one, max-queue-time: 0, workload: 1")
                .handler("route: /any, allow-parallel-requests: true, max-queue-time: none, workload: 1")
                .ready()) {
            Gate gate = hold(world, "/large");
            assertThat(world.post("/quick", world.signed("{}")).status()).isEqualTo(200);
            try (RawClient large = world.client()) {
                large.post("/large", world.signed("{}"));
                world.awaitModelCall("/large", 1);

                Answer shed = world.post("/quick", world.signed("{}"));

                assertThat(shed.status()).isEqualTo(429);
                assertThat(Integer.parseInt(shed.header("Retry-After").orElseThrow()))
                        .isBetween(1, 60);
                assertThat(world.post("/any", world.signed("{}")).status())
                        .as("never shed")
                        .isEqualTo(200);
                gate.open();
                assertThat(large.answer().status()).isEqualTo(200);
            }
            assertThat(world.post("/quick", world.signed("{}")).status()).isEqualTo(200);
            world.awaitReport("rejected load", report -> report.path("rej_load").asDouble() == 1);
            assertThat(world.post("/huge", world.signed("{}")).status())
                    .as("itself does not count")
                    .isEqualTo(200);
            admitsOneAtATimeWhereNoWaitIsAllowed(world);
        }
    }

    private static void admitsOneAtATimeWhereNoWaitIsAllowed(World world) throws Exception {
        Gate gate = hold(world, "/one");
        try (RawClient first = world.client()) {
            first.post("/one", world.signed("{}"));
            world.awaitModelCall("/one", 1);

            assertThat(world.post("/one", world.signed("{}")).status()).isEqualTo(429);
            gate.open();
            assertThat(first.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void answersUnavailableBeforeItIsReadyAndTellsThePlatform(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            world.handler("route: /open, allow-parallel-requests: true").start();
            world.await("public key", () -> world.worker().output().contains("public key of the platform is known"));
            int idx = world.nextIdx();

            Answer answer = world.post("/open", world.signed(idx, "{}"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(answer.header("X-Dray-Error-Source")).hasValue("worker");
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Rejected");
            assertThat(world.model().calls("/open")).isEmpty();
            world.log().append(ModelLog.LOADED);
            world.await("served request", () -> isServed(world));
        }
    }

    private static boolean isServed(World world) throws IOException {
        return world.post("/open", world.signed("{}")).status() == 200;
    }

    @Test
    void holdsNoMoreRequestsThanItMay(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)
                .set("limits.concurrent-requests", "3")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .ready()) {
            Gate gate = hold(world, "/open");
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < 3; i++) {
                clients.add(world.client().post("/open", world.signed("{}")));
            }
            world.awaitModelCall("/open", 3);

            Answer answer = world.post("/open", world.signed("{}"));

            assertThat(answer.status()).isEqualTo(429);
            gate.open();
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(200);
                client.close();
            }
        }
    }
}
