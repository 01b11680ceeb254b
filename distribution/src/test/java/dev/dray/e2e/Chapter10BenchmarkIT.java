package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 10: how the capacity is measured, kept, and what is said when it cannot be.
class Chapter10BenchmarkIT {
    private static final String MEASURED = "/measured";

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder).unset("capacity");
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private void measure(String more) {
        world.handler("route: /measured, allow-parallel-requests: true, max-queue-time: none, workload: 50,"
                + " benchmark: {dataset: [{n: 1}, {n: 2}], runs: 3, concurrency: 4" + more + "}");
    }

    private int benchmarkCalls() {
        return world.model().calls(MEASURED).size();
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.list(world.folder().resolve("state"))) {
            return files.filter(file -> file.getFileName().toString().contains("benchmark"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private double maxPerf() throws InterruptedException {
        int known = world.platform().takenReports().size();
        return world.awaitReport("capacity", report -> report.path("loadtime").asDouble() > 0 || known < 0)
                .path("max_perf")
                .asDouble();
    }

    @Test
    void measuresRoundsOfBurstsAfterAWarmUpAndReportsTheScore() throws Exception {
        measure("");
        world.ready();

        // One warm-up, then three rounds of four.
        assertThat(benchmarkCalls()).isEqualTo(13);
        assertThat(world.model().calls(MEASURED)).extracting(Call::text).containsOnly("{\"n\":1}", "{\"n\":2}");
        JsonNode benchmark = world.status().path("benchmark");
        assertThat(benchmark.path("rounds").size()).isBetween(2, 3);
        assertThat(benchmark.path("units-per-second").asDouble()).isPositive();
        assertThat(maxPerf()).isEqualTo(benchmark.path("units-per-second").asDouble());
        assertThat(world.status().path("requests-received").asInt(-1))
                .as("not in the books")
                .isZero();
        assertThat(world.platform().outcomes()).isEmpty();
    }

    @Test
    void sendsASerialRouteOneAtATime() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        world.model().on(MEASURED, call -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            call.answer(200, "{}");
            running.decrementAndGet();
        });
        world.handler("route: /measured, max-queue-time: none, benchmark: {dataset: [{}], runs: 3, concurrency: 10}");
        world.ready();

        assertThat(most.get()).isEqualTo(1);
        assertThat(benchmarkCalls()).isEqualTo(4);
    }

    @Test
    void readsEveryBodyToItsEnd() throws Exception {
        measure("");
        var bodies = new Gate();
        var heads = new AtomicInteger();
        world.model().on(MEASURED, call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: 1\n\n");
            heads.incrementAndGet();
            if (call.hold(bodies)) {
                call.lastChunk();
            }
        });
        world.log().append(ModelLog.LOADED);
        world.start();
        // Only the warm-up may have begun while its body is open.
        world.await("warm-up", () -> heads.get() == 1);
        world.awaitReport("loading", report -> report.path("loadtime").asDouble(-1) == 0);
        assertThat(world.status().path("state").asText()).isEqualTo("benchmarking");
        assertThat(heads.get()).isEqualTo(1);
        bodies.open();

        world.awaitReady();
        assertThat(benchmarkCalls()).isEqualTo(13);
    }

    @Test
    void usesWhatItMeasuredAfterARestart() throws Exception {
        measure("");
        world.ready();
        double measured =
                world.status().path("benchmark").path("units-per-second").asDouble();
        int calls = benchmarkCalls();
        world.worker().kill();
        world.worker().awaitExit();

        world.start();
        world.awaitReady();

        assertThat(benchmarkCalls()).isEqualTo(calls);
        assertThat(world.status().path("benchmark").path("units-per-second").asDouble())
                .isEqualTo(measured);
        assertThat(world.worker().output()).contains("cached=true");
    }

    @Test
    void measuresAgainWhereWhatItKeptIsCorruptOrOfAnotherPlan() throws Exception {
        measure("");
        world.ready();
        int calls = benchmarkCalls();
        world.worker().kill();
        world.worker().awaitExit();
        Files.writeString(kept(), "not a number");
        world.start();
        world.awaitReady();
        assertThat(benchmarkCalls()).isEqualTo(2 * calls);

        world.worker().kill();
        world.worker().awaitExit();
        world.set("model.name", "another-model").start();
        world.awaitReady();
        assertThat(benchmarkCalls()).isEqualTo(3 * calls);
    }

    @Test
    void saysWhyItFailedAndTriesAgainAtTheNextLoadLine() throws Exception {
        measure("");
        world.model().on(MEASURED, call -> call.answer(500, "{}"));
        world.log().append(ModelLog.LOADED);
        world.start();

        JsonNode failed = world.awaitReport(
                "failure", report -> !report.path("error_msg").asText().isEmpty());

        assertThat(failed.path("error_msg").asText()).startsWith("No successful responses from benchmark");
        assertThat(failed.path("max_perf").asDouble(-1)).isZero();
        assertThat(failed.path("loadtime").asDouble(-1)).isZero();
        assertThat(world.status().path("state").asText()).isEqualTo("failed");

        world.model().on(MEASURED, Call::reset);
        world.log().append(ModelLog.LOADED);
        world.awaitReport(
                "lost connection",
                report -> report.path("error_msg").asText().startsWith("Benchmark failed with error: "));

        // An error line ends the attempt at once.
        world.model().on(MEASURED, Call::hang);
        int calls = benchmarkCalls();
        world.log().append(ModelLog.LOADED);
        Call hung = world.awaitModelCall(MEASURED, calls + 1);
        world.log().append(ModelLog.BROKEN);
        world.awaitReport(
                "marker", report -> report.path("error_msg").asText().contains("Traceback (most recent call last):"));
        world.await("aborted benchmark request", hung::isGone);

        // The model server is mended and says so.
        world.model().on(MEASURED, call -> call.answer(200, "{}"));
        world.log().append(ModelLog.LOADED);
        world.awaitReady();
    }

    @Test
    void stopsWhenTheRoundsAgree() throws Exception {
        world.handler("route: /measured, allow-parallel-requests: true, max-queue-time: none, workload: 50,"
                + " benchmark: {dataset: [{n: 1}], runs: 50, concurrency: 1, warmup: false}");
        world.ready();

        List<Call> calls = world.model().calls(MEASURED);
        assertThat(calls.size()).as("no warm-up").isBetween(3, 50);
        assertThat(world.worker().output()).contains("benchmark round=3 max_rounds=50");
    }
}
