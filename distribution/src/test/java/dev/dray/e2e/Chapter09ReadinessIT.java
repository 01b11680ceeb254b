package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 9.1 to 9.5: what the lines of one run after the other, and health, make of the worker. The demo plugin's
/// markers:
/// `Application startup complete.` and `Traceback (most recent call last):`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter09ReadinessIT {
    private static final String LOADED = ModelLog.LOADED;
    private static final String BROKEN = ModelLog.BROKEN;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("model.health", "{path: /health, interval: 50ms, retry-interval: 50ms, time-out: 300ms}")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
        world.log().append("begin\n");
        world.start();
        world.await("public key", () -> world.worker().output().contains("public key of the platform is known"));
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    /// The engine starts anew: whatever it was, the worker waits for a load line again.
    @BeforeEach
    void newRun() throws Exception {
        world.model().on("/health", call -> call.answer(200, "{}"));
        world.log().rotate("new run\n");
        awaitState("loading");
        awaitRead();
    }

    private void load() throws Exception {
        world.log().append(LOADED);
        awaitState("ready");
    }

    private void awaitState(String state) throws InterruptedException {
        world.await(
                "state " + state, () -> world.status().path("state").asText().equals(state));
    }

    /// The worker has read the log up to here: it tells of a line of its own kind. Lines that were there when it opened
    /// the file are not told, hence more than one.
    private void awaitRead() throws Exception {
        int mark = world.worker().mark();
        world.await("line that was read", () -> {
            world.log().append("\"message\":\"Download\n");
            return world.worker().hasLine(mark, "model log marker");
        });
    }

    @Test
    void matchesPiecesOfLinesInTheirCaseOnly() throws Exception {
        world.log().append("application startup complete.\n");
        awaitRead();
        assertThat(world.status().path("state").asText()).isEqualTo("loading");

        world.log().append("[worker 3] xxApplication startup complete.xx\r\n");

        awaitState("ready");
    }

    @Test
    void matchesALineWrittenInPieces() throws Exception {
        world.log().append("INFO: Application star");
        world.log().append("tup comp");
        world.log().append("lete.");

        awaitState("ready");
    }

    @Test
    void seesTheTimesAFileIsRotatedTruncatedAndGone() throws Exception {
        world.log().append("first run\n");
        awaitRead();
        world.log().rotate("second run\n");
        awaitRead();
        world.log().truncate("third run\n");
        awaitRead();
        world.log().delete();
        world.log().append("fourth run\n" + LOADED);

        awaitState("ready");
    }

    @Test
    void readsARotatedFileToItsEnd() throws Exception {
        world.log().append("first run\n");
        awaitRead();
        int mark = world.worker().mark();
        world.log().append(BROKEN);
        world.log().rotate("second run\n");

        world.worker().awaitLine(mark, "to=failed");
        awaitState("loading");
    }

    @Test
    void leavesFailedWhenTheModelServerIsStartedAgain() throws Exception {
        world.log().append(BROKEN);
        awaitState("failed");

        world.log().rotate("starting again\n");
        awaitState("loading");
        world.log().append(LOADED);

        awaitState("ready");
        world.awaitReport(
                "ready",
                report -> report.path("loadtime").asDouble() > 0
                        && report.path("error_msg").asText("?").isEmpty());
    }

    @Test
    void leavesFailedByANewLoadLineInTheSameFile() throws Exception {
        world.log().append(BROKEN);
        awaitState("failed");

        world.log().append(LOADED);

        awaitState("ready");
    }

    @Test
    void becomesUnhealthyAfterTwoBadProbesAndReadyAfterTwoGoodOnes() throws Exception {
        load();
        int mark = world.worker().mark();
        // One bad probe alone changes nothing.
        int before = world.model().calls("/health").size();
        world.model().on("/health", call -> {
            call.answer(503, "{}");
            world.model().on("/health", good -> good.answer(200, "{}"));
        });
        world.await(
                "probes after the bad one", () -> world.model().calls("/health").size() > before + 4);
        assertThat(world.worker().hasLine(mark, "to=unhealthy")).isFalse();

        world.model().on("/health", call -> call.answer(204, "{}"));
        world.worker().awaitLine(mark, "to=unhealthy");
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(503);
        world.model().on("/health", call -> call.answer(200, "{}"));

        awaitState("ready");
    }

    @Test
    void noticesAHealthThatHangsAndOneThatResets() throws Exception {
        load();
        int known = world.platform().takenReports().size();
        world.model().on("/health", Call::hang);
        world.await(
                "report of the hung health",
                () -> world.platform().takenReports().stream()
                        .skip(known)
                        .anyMatch(report -> !report.path("error_msg").asText().isBlank()));
        world.model().on("/health", call -> call.answer(200, "{}"));
        awaitState("ready");

        int mark = world.worker().mark();
        world.model().on("/health", Call::reset);

        world.worker().awaitLine(mark, "to=unhealthy");
    }

    @Test
    void forwardsOnWhileUnhealthy() throws Exception {
        load();
        world.model().on("/health", call -> call.answer(500, "{}"));
        awaitState("unhealthy");

        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
    }

    @Test
    void servesOnThroughASecondLoadLineWithoutMeasuringOrWaiting() throws Exception {
        load();
        int mark = world.worker().mark();
        world.log().append(LOADED);
        awaitRead();

        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        assertThat(world.worker().hasLine(mark, "readiness")).isFalse();
    }
}
