package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 8.2 and 8.5: when reports go out, and what they say of errors.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter08NewsIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    @AfterEach
    void mend() throws Exception {
        world.model().on("/health", call -> call.answer(200, "{}"));
        world.awaitReady();
    }

    @Test
    void tellsEveryChangeOfReadinessAtOnce() throws Exception {
        // Ten changes. On the idle tick of ten seconds alone they would take a hundred.
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 5; i++) {
                changeHealth(503, false);
                changeHealth(200, true);
            }
        });
    }

    private void changeHealth(int status, boolean healthy) throws Exception {
        int before = world.platform().takenReports().size();
        world.model().on("/health", call -> call.answer(status, "{}"));
        world.await(
                "report with healthy=" + healthy,
                () -> world.platform().takenReports().stream()
                        .skip(before)
                        .anyMatch(report -> report.path("error_msg").asText().isEmpty() == healthy));
    }

    @Test
    void namesTheMarkerOfABrokenModelAndTakesItBack() throws Exception {
        world.log().append("before\nTraceback (most recent call last): in some file\n");

        JsonNode broken = world.awaitReport(
                "marker", report -> report.path("error_msg").asText().contains("Traceback (most recent call last):"));
        assertThat(broken.path("error_msg").asText()).contains("Traceback (most recent call last):");
        assertThat(broken.path("max_perf").asDouble()).as("kept after READY").isEqualTo(1000);
        int before = world.platform().takenReports().size();
        world.log().append(ModelLog.LOADED);

        world.await(
                "report without error",
                () -> world.platform().takenReports().stream()
                        .skip(before)
                        .anyMatch(report -> report.path("error_msg").asText("?").isEmpty()));
    }

    @Test
    void saysWhatIsWrongWithTheHealthOfTheModel() throws Exception {
        world.model().on("/health", call -> call.answer(503, "{}"));

        JsonNode sick = world.awaitReport(
                "failed health", report -> report.path("error_msg").asText().contains("503"));

        assertThat(sick.path("error_msg").asText()).contains("503");
    }

    @Test
    void goesOnServingWhileThePlatformIsGoneAndComesBack() throws Exception {
        world.platform().wire().stop();
        for (int i = 0; i < 3; i++) {
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        }
        world.platform().wire().restart();

        world.awaitReport("everything", report -> report.path("cur_perf").asDouble() == 300);
    }
}
