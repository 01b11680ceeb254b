package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged worker while things around it start, die and come back.
class LifeCycleIT {
    @Test
    void waitsForALogThatIsNotThereYetAndBecomesReady(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "")) {
            stage.startControlPlane();
            RunningProgram worker = stage.startWorker();
            stage.await("live worker", () -> stage.get(stage.admin() + "/livez").statusCode() == 200);
            assertThat(stage.get(stage.admin() + "/readyz").statusCode()).isEqualTo(503);

            stage.startModelServer("--tokens-per-second", "2000");

            stage.awaitReady();
            worker.awaitLine("to=loading");
            worker.awaitLine("to=benchmarking");
            worker.awaitLine("to=verifying");
            worker.awaitLine("to=ready");
            stage.await(
                    "report",
                    () -> stage.get(stage.controlPlane() + "/workers").body().contains("\"max_perf\":"));
        }
    }

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
    void becomesUnhealthyWhenTheModelServerDiesAndRecovers(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "")) {
            stage.startControlPlane();
            RunningProgram model = stage.startModelServer("--tokens-per-second", "2000");
            RunningProgram worker = stage.startWorker();
            stage.awaitReady();

            model.kill();
            worker.awaitLine("to=unhealthy");
            int mark = worker.mark();
            stage.startModelServer("--tokens-per-second", "2000");

            worker.awaitLine(mark, "to=ready");
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
        }
    }

    @Test
    void finishesRunningRequestsAtSigtermAndExitsWithZero(@TempDir Path folder) throws Exception {
        try (Stage stage = Stage.in(folder, "capacity: 1000")) {
            RunningProgram plane = stage.startControlPlane();
            stage.startModelServer("--tokens-per-second", "200");
            RunningProgram worker = stage.startWorker();
            stage.awaitReady();
            String request = stage.signed("{\"max_tokens\": 300, \"stream\": true, \"messages\": []}");
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return stage.post(stage.worker() + "/v1/chat/completions", request)
                            .body();
                } catch (Exception fault) {
                    throw new IllegalStateException(fault);
                }
            });
            stage.await(
                    "running request", () -> Files.readString(stage.modelLog()).contains("max_tokens=300"));

            worker.terminate();

            assertThat(answer.get()).endsWith("data: [DONE]\n\n");
            assertThat(worker.awaitExit()).isZero();
            assertThat(worker.output()).contains("draining in_flight=1").contains("to=stopped");
            plane.awaitLine("=Success");
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
