package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Beyond protocol 9: a model server that the worker starts itself, and requests held until it is ready.
class Chapter09CommandIT {
    /// A model server's process: tells its number, says it is loaded, and lives until its file is gone.
    private static World world(Path folder) throws Exception {
        Path script = folder.resolve("engine.sh");
        Files.writeString(script, """
                echo $$ >> "$1/pids"
                touch "$1/alive"
                echo "engine comes up"
                echo "INFO: Application startup complete."
                while [ -e "$1/alive" ]; do sleep 0.1; done
                echo "out of memory, says the engine"
                exit 3
                """);
        return new World(folder)
                .unset("model.log-file")
                .set("model.command", "[sh, " + script + ", " + folder + "]")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    private static List<String> pids(World world) throws Exception {
        return Files.readAllLines(world.folder().resolve("pids"));
    }

    private static boolean runs(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void readsItsOutputStartsItAgainWhenItDiesAndEndsItWithItself(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.start();
            world.awaitReady();
            world.worker().awaitLine("engine comes up");
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);

            Files.delete(folder.resolve("alive"));

            JsonNode dead = world.awaitReport(
                    "death", report -> !report.path("error_msg").asText().isEmpty());
            assertThat(dead.path("error_msg").asText()).contains("out of memory, says the engine");
            int mark = world.worker().mark();
            world.await(
                    "second process",
                    () -> Files.readAllLines(folder.resolve("pids")).size() == 2);
            world.worker().awaitLine(mark, "engine comes up");
            world.awaitReady();
            String second = pids(world).get(1);
            assertThat(runs(second)).isTrue();

            world.worker().terminate();

            assertThat(world.worker().awaitExit()).isZero();
            world.await("end of the model server", () -> !runs(second));
        }
    }

    @Test
    void holdsRequestsUntilItIsReadyWhenToldTo(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)
                .set("worker.while-loading", "hold")
                .set("worker.hold", "300s")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")) {
            world.start();
            world.await("public key", () -> world.worker().output().contains("public key of the platform is known"));
            try (RawClient client = world.client()) {
                int idx = world.nextIdx();
                client.post("/open", world.signed(idx, "{}"));
                world.await(
                        "arrived request",
                        () -> world.status().path("in-flight").asInt()
                                        + world.status().path("queued").asInt()
                                        + world.status().path("held").asInt()
                                > 0);
                assertThat(world.model().calls("/open")).isEmpty();
                world.log().append(ModelLog.LOADED);

                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
            }
        }
    }
}
