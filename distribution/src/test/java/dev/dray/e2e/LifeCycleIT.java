package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All three processes of the packaged program together, without a script: the demo, and the worker while the model
/// server crashes or the control plane is gone. What the worker alone does, the `Chapter…IT` classes and [DrainIT]
/// test.
class LifeCycleIT {
    @Test
    void failsWithTheMarkerWhenTheModelCrashesDuringTheBenchmark(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "")) {
            RunningProgram plane = stage.startControlPlane();
            stage.startWorker();
            stage.startModelServer("--crash-after", "5", "--tokens-per-second", "2000");

            plane.awaitLine("state=errored (Traceback (most recent call last):)");

            stage.startModelServer("--tokens-per-second", "2000");
            stage.awaitReady();
        }
    }

    @Test
    void goesOnServingWhileTheControlPlaneIsDownAndReportsWhenItIsBack(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "")) {
            RunningProgram plane = stage.startControlPlane();
            stage.startModelServer("--tokens-per-second", "2000");
            stage.startWorker();
            stage.awaitReady();
            String request = stage.signed("{\"max_tokens\": 3, \"messages\": []}");

            plane.kill();
            assertThat(stage.post(stage.worker() + "/v1/chat/completions", request)
                            .statusCode())
                    .isEqualTo(200);
            RunningProgram back = stage.startControlPlane();

            back.awaitLine("state=ready");
            back.awaitLine("=Success");
            stage.await(
                    "report",
                    () -> stage.get(stage.controlPlane() + "/workers").body().contains("\"max_perf\":"));
        }
    }

    @Test
    void showsTheWholeWayInTheDemo() throws Exception {
        try (RunningProgram demo = RunningProgram.start(Map.of(), "demo", "--once")) {
            assertThat(demo.awaitExit()).isZero();

            assertThat(demo.output())
                    .contains("first token")
                    .contains("tokens/s")
                    .contains("worker overhead");
        }
    }
}
