package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the worker stands on gives way: the platform, the disk, the clock, the model's log.
class OutageIT {
    private static final String STATUS = ScriptedPlatform.STATUS;
    private static final String OUTCOMES = ScriptedPlatform.OUTCOMES;
    private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    private static World world(Path folder) throws Exception {
        return new World(folder)
                .set("model.health", "{path: /health, interval: 50ms, retry-interval: 20ms, time-out: 5s}")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none, workload: payload.n");
    }

    private static double sum(World world, String field) {
        return world.platform().takenReports().stream()
                .mapToDouble(report -> report.path(field).asDouble())
                .sum();
    }

    private static List<Integer> serve(World world, int count) throws Exception {
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int idx = world.nextIdx();
            assertThat(world.post("/open", world.signed(idx, "{\"n\": 7}")).status())
                    .isEqualTo(200);
            asked.add(idx);
        }
        return asked;
    }

    @Test
    void countsExactlyThroughDozensOfFailedReports(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.ready();
            List<Integer> asked = new ArrayList<>(serve(world, 5));
            world.platform().answer(STATUS, 503);
            world.platform().answer(OUTCOMES, 503);
            int before = world.platform().wire().calls(STATUS).size();
            // Each change of readiness is told at once: no need to wait for the cadence.
            while (world.platform().wire().calls(STATUS).size() < before + 24) {
                asked.addAll(serve(world, 1));
                changeHealth(world, 503, "unhealthy");
                asked.addAll(serve(world, 1));
                changeHealth(world, 200, "ready");
            }
            world.platform().wire().stop();
            asked.addAll(serve(world, 10));
            changeHealth(world, 503, "unhealthy");
            changeHealth(world, 200, "ready");
            world.platform().wire().restart();
            world.platform().answer(STATUS, 200);
            world.platform().answer(OUTCOMES, 200);

            double units = 7.0 * asked.size();
            world.await("the sum of what was served", () -> sum(world, "cur_perf") == units);
            assertThat(sum(world, "new_load")).isEqualTo(units);
            world.await("all outcomes", () -> world.platform().outcomes().size() >= asked.size());
            List<Integer> told = world.platform().outcomes().stream()
                    .map(outcome -> outcome.path("request_idx").asInt())
                    .toList();
            assertThat(told).containsExactlyInAnyOrderElementsOf(asked);
        }
    }

    private static void changeHealth(World world, int status, String state) throws Exception {
        world.model().on("/health", call -> call.answer(status, "{}"));
        world.await(state, () -> world.status().path("state").asText().equals(state));
    }

    @Test
    void servesAndTellsOnWhenTheDiskIsFull(@TempDir Path folder) throws Exception {
        // No file may grow beyond 40 KiB: to the journal, a full disk.
        try (World world = world(folder).under("bash", "-c", "ulimit -f 40; exec \"$@\"", "bash")) {
            world.ready();
            // What the platform takes at once is never written: only a platform that is down fills the disk.
            world.platform().answer(OUTCOMES, 503);
            List<Integer> asked = new ArrayList<>();
            for (int i = 0; i < 50 && !world.worker().hasLine(0, "outcome journal not written"); i++) {
                asked.addAll(serve(world, 50));
            }
            world.worker().awaitLine("outcome journal not written");

            asked.addAll(serve(world, 20));
            world.platform().answer(OUTCOMES, 200);

            world.await("all outcomes", () -> world.platform().outcomes().size() == asked.size());
            assertThat(world.platform().outcomes().stream()
                            .map(outcome -> outcome.path("request_idx").asInt())
                            .collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(asked);
            assertThat(MetricsPage.read(World.get(world.adminPort(), "/metrics").text())
                            .values())
                    .isNotEmpty();
        }
    }

    @Test
    void followsALogThatIsDeletedAndComesBack(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            world.ready();
            world.log().delete();
            serve(world, 3);
            changeHealth(world, 503, "unhealthy");
            changeHealth(world, 200, "ready");

            world.log().append("INFO: starting\n" + ModelLog.BROKEN);

            world.await(
                    "the error in the new file",
                    () -> world.status().path("state").asText().equals("failed"));
            world.log().append(ModelLog.LOADED);
            world.await(
                    "ready again", () -> world.status().path("state").asText().equals("ready"));
            serve(world, 3);
        }
    }

    @Test
    void countsOnWhenTheClockJumps(@TempDir Path folder) throws Exception {
        // It makes a worker many times slower: only where it is asked for, with -Dfaults.clock=true.
        assumeTrue(Boolean.getBoolean("faults.clock"), "not asked for by faults.clock");
        assumeTrue(Files.exists(FAKE_TIME), "libfaketime is not installed");
        Path offset = folder.resolve("offset");
        Files.writeString(offset, "+0s");
        try (World world = world(folder)
                .variable("LD_PRELOAD", FAKE_TIME.toString())
                .variable("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .variable("FAKETIME_CACHE_DURATION", "1")
                .variable("FAKETIME_TIMESTAMP_FILE", offset.toString())) {
            world.ready();
            List<Integer> asked = new ArrayList<>(serve(world, 5));
            for (String jump : List.of("+3650d", "-3650d", "+0s")) {
                JsonNode earlier = world.status();
                Files.writeString(offset, jump);
                world.await(
                        "another year",
                        () -> jump.equals("+0s")
                                || !world.status()
                                        .path("now")
                                        .asText()
                                        .substring(0, 4)
                                        .equals(earlier.path("now").asText().substring(0, 4)));
                asked.addAll(serve(world, 5));
                changeHealth(world, 503, "unhealthy");
                changeHealth(world, 200, "ready");
            }

            double units = 7.0 * asked.size();
            world.await("the sum of what was served", () -> sum(world, "cur_perf") == units);
            world.await("all outcomes", () -> world.platform().outcomes().size() == asked.size());
            assertThat(world.platform().outcomes())
                    .allSatisfy(outcome ->
                            assertThat(outcome.path("status").asText()).isEqualTo("Success"));
        }
    }
}
