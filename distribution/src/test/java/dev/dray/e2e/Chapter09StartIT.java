package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 9.3, 9.4 and 9.7: from the start to the first READY. The demo plugin's markers:
/// `Application startup complete.` and `Traceback (most recent call last):`.
class Chapter09StartIT {
    private static final String LOADED = ModelLog.LOADED;
    private static final String BROKEN = ModelLog.BROKEN;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
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
    void goesFromLoadingToReadyAndShowsEachToThePlatform() throws Exception {
        world.start();
        JsonNode loading =
                world.awaitReport("loading", report -> report.path("loadtime").asDouble(-1) == 0);
        assertThat(loading.path("error_msg").asText("?")).isEmpty();
        assertThat(loading.path("cur_load").asDouble(-1)).isZero();
        assertThat(loading.path("max_perf").asDouble(-1))
                .as("although it is pinned")
                .isZero();
        assertThat(World.get(world.adminPort(), "/livez").status()).isEqualTo(200);
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(503);

        world.log().append("some line\n");
        awaitRead();
        assertThat(world.status().path("state").asText()).isEqualTo("loading");
        world.log().append(LOADED);

        JsonNode ready =
                world.awaitReport("ready", report -> report.path("loadtime").asDouble() > 0);
        assertThat(ready.path("max_perf").asDouble()).isEqualTo(1000);
        awaitState("ready");
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(200);
        world.model().on("/health", call -> call.answer(500, "{}"));
        JsonNode errored = world.awaitReport(
                "error", report -> !report.path("error_msg").asText().isEmpty());
        assertThat(errored.path("loadtime").asDouble())
                .as("repeated")
                .isEqualTo(ready.path("loadtime").asDouble());
    }

    @Test
    void letsTheLastMarkerOfWhatIsThereDecide() throws Exception {
        world.log().append(BROKEN + "restarted\n" + LOADED);
        world.start();

        world.awaitReady();

        assertThat(world.worker().output()).doesNotContain("to=failed");
    }

    @Test
    void failsWhereTheLastMarkerOfWhatIsThereIsAnError() throws Exception {
        world.log().append(LOADED + BROKEN);
        world.start();

        awaitState("failed");

        world.awaitReport(
                "marker", report -> report.path("error_msg").asText().contains("Traceback (most recent call last):"));
        assertThat(world.status().path("reason").asText()).contains("Traceback");
    }

    @Test
    void waitsForTheFirstGoodHealthAndSurvivesBadOnesBefore() throws Exception {
        world.model().on("/health", call -> call.answer(503, "{}"));
        world.log().append(LOADED);
        world.start();
        awaitState("verifying");
        int probes = world.model().calls("/health").size();
        world.await("more probes", () -> world.model().calls("/health").size() > probes + 3);
        assertThat(world.status().path("state").asText()).isEqualTo("verifying");

        world.model().on("/health", call -> call.answer(200, "ok"));

        world.awaitReady();
    }

    @Test
    void isReadyAtOnceWithoutAHealthUrl() throws Exception {
        world.set("model.health", "none").ready();

        assertThat(world.model().calls("/health")).isEmpty();
        assertThat(world.status().path("state").asText()).isEqualTo("ready");
    }
}
