package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 9.6: a plugin that brings the model server up itself and says when it is loaded.
class Chapter09LifecycleIT {
    private static final String MEASURED = "/measured";

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final Gate gate = new Gate();

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder);
        Path plugins = folder.resolve("plugins");
        ScriptedPlugin.write(plugins);
        world.set("backend", "scripted")
                .unset("capacity")
                .unset("model.log-file")
                .variable("DRAY_PLUGINS", plugins.toString())
                .variable("SCRIPTED_LIFE", folder.toString())
                .handler("route: /measured, allow-parallel-requests: true, max-queue-time: none,"
                        + " benchmark: {dataset: [{n: 1}], runs: 1, concurrency: 1, warmup: false}")
                .handler("route: /held, allow-parallel-requests: true, max-queue-time: none");
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        world.close();
    }

    private void hold(String path) {
        world.model().on(path, call -> {
            if (call.hold(gate)) {
                call.answer(200, call.text());
            }
        });
    }

    private void steer(String file) throws IOException {
        Files.createFile(world.folder().resolve(file));
    }

    /// What the plugin was called for so far, in order.
    private List<String> journal() throws IOException {
        return Files.readAllLines(world.folder().resolve("journal"));
    }

    private void awaitJournal(String... lines) throws InterruptedException {
        world.await("journal " + List.of(lines), () -> journal().equals(List.of(lines)));
    }

    private void awaitState(String state) throws InterruptedException {
        world.await(
                "state " + state, () -> world.status().path("state").asText().equals(state));
    }

    private void becomeReady() throws Exception {
        steer("go");
        world.start();
        world.awaitReady();
    }

    @Test
    void isLoadingUntilEnteredThenMeasuresThenWaitsForHealth() throws Exception {
        hold(MEASURED);
        world.model().on("/health", call -> call.answer(503, "{}"));
        world.start();
        JsonNode loading =
                world.awaitReport("loading", report -> report.path("loadtime").asDouble(-1) == 0);
        awaitJournal("enter");
        awaitState("loading");
        assertThat(loading.path("max_perf").asDouble(-1)).isZero();
        assertThat(loading.path("error_msg").asText("?")).isEmpty();
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(503);
        assertThat(world.model().calls()).as("nobody asks before it is up").isEmpty();

        steer("go");
        world.awaitModelCall(MEASURED, 1);
        awaitState("benchmarking");
        assertThat(world.model().calls("/health")).isEmpty();
        gate.open();
        awaitState("verifying");
        world.await("two probes", () -> world.model().calls("/health").size() >= 2);
        world.model().on("/health", call -> call.answer(200, "{}"));

        world.awaitReady();
        JsonNode ready =
                world.awaitReport("ready", report -> report.path("loadtime").asDouble() > 0);
        assertThat(ready.path("max_perf").asDouble()).isPositive();
        assertThat(ready.path("error_msg").asText("?")).isEmpty();
        assertThat(world.worker().output())
                .containsSubsequence("to=loading", "to=benchmarking", "to=verifying", "to=ready");
        assertThat(journal()).containsExactly("enter", "entered");
    }

    @Test
    void isReadyRightAfterTheBenchmarkWithoutAHealthUrl() throws Exception {
        world.set("model.health", "none");
        hold(MEASURED);
        steer("go");
        world.start();
        world.awaitModelCall(MEASURED, 1);
        assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(503);

        gate.open();

        world.awaitReady();
        JsonNode ready =
                world.awaitReport("ready", report -> report.path("loadtime").asDouble() > 0);
        assertThat(ready.path("max_perf").asDouble()).isPositive();
        assertThat(world.model().calls("/health")).isEmpty();
    }

    @Test
    void isReadyWithoutThePlatformsKey() throws Exception {
        world.platform().answer(ScriptedPlatform.KEY, 500);
        steer("go");
        world.start();

        awaitState("ready");
    }

    @Test
    void readsNoLogAlsoWhereOneIsNamed() throws Exception {
        world.set("model.log-file", "model.log").set("model.health", "none");
        world.log().append(ModelLog.LOADED + ModelLog.BROKEN);
        world.start();
        awaitJournal("enter");
        awaitState("loading");
        steer("go");

        world.awaitReady();

        assertThat(world.worker().output())
                .contains("'model.log-file'", "is not read")
                .doesNotContain("to=failed");
        assertThat(journal()).containsExactly("enter", "entered");
    }

    @Test
    void failsForGoodWithWhatEnterThrewAndExitsOnce() throws Exception {
        world.start();
        awaitJournal("enter");

        steer("fail");

        JsonNode failed = world.awaitReport(
                "failure", report -> !report.path("error_msg").asText().isEmpty());
        assertThat(failed.path("error_msg").asText()).isEqualTo("Lifecycle startup failed: no GPU at all");
        assertThat(failed.path("loadtime").asDouble(-1)).isZero();
        assertThat(failed.path("max_perf").asDouble(-1)).isZero();
        awaitJournal("enter", "exit");
        // Another try would succeed now.
        steer("go");
        assertThat(world.post(MEASURED, world.signed("{}")).status()).isEqualTo(503);
        assertThat(world.status().path("state").asText()).isEqualTo("failed");

        world.worker().terminate();

        assertThat(world.worker().awaitExit()).isZero();
        assertThat(journal()).containsExactly("enter", "exit", "close");
        assertThat(world.model().calls()).isEmpty();
    }

    @Test
    void exitsOnceAfterTheLastRequest() throws Exception {
        hold("/held");
        becomeReady();
        try (RawClient running = world.client()) {
            running.post("/held", world.signed("{}"));
            world.awaitModelCall("/held", 1);

            world.worker().terminate();
            awaitState("draining");
            Files.writeString(world.folder().resolve("journal"), "last request\n", StandardOpenOption.APPEND);
            gate.open();

            assertThat(running.answer().status()).isEqualTo(200);
        }
        assertThat(world.worker().awaitExit()).isZero();
        assertThat(world.worker().output()).contains("to=stopped");
        assertThat(journal()).containsExactly("enter", "entered", "last request", "exit", "close");
    }

    @Test
    void interruptsAnEnterThatStillWaitsAndEnds() throws Exception {
        world.start();
        awaitJournal("enter");

        world.worker().terminate();

        assertThat(world.worker().awaitExit()).isZero();
        assertThat(world.worker().output()).contains("to=stopped").doesNotContain("to=failed");
        assertThat(journal()).containsExactly("enter", "interrupted", "exit", "close");
    }
}
