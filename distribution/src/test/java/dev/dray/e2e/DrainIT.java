package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last line of protocol 2, done better: a worker that is told to stop finishes what it has and tells the platform.
class DrainIT {
    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final Gate gate = new Gate();

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler("route: /serial, max-queue-time: none")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
        for (String path : new String[] {"/serial", "/open"}) {
            world.model().on(path, call -> {
                if (call.hold(gate)) {
                    call.answer(200, call.text());
                }
            });
        }
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        world.close();
    }

    private void awaitState(String state) throws InterruptedException {
        world.await(
                "state " + state, () -> world.status().path("state").asText().equals(state));
    }

    @Test
    void finishesWhatRunsAndWaitsAndRefusesTheRest() throws Exception {
        world.model().on("/serial", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: begun\n\n");
            if (call.hold(gate)) {
                call.chunk(call.text());
                call.lastChunk();
            }
        });
        world.ready();
        try (RawClient running = world.client();
                RawClient queued = world.client()) {
            int first = world.nextIdx();
            int second = world.nextIdx();
            int late = world.nextIdx();
            running.post("/serial", world.signed(first, "{\"n\": 1}"));
            world.awaitModelCall("/serial", 1);
            queued.post("/serial", world.signed(second, "{\"n\": 2}"));
            world.await("queued request", () -> world.status().path("queued").asInt() == 1);

            world.worker().terminate();
            awaitState("draining");
            Answer refused = world.post("/open", world.signed(late, "{}"));
            gate.open();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.header("X-Dray-Error-Source")).hasValue("worker");
            assertThat(running.answer().text()).isEqualTo("data: begun\n\n{\"n\": 1}");
            assertThat(queued.answer().text()).isEqualTo("data: begun\n\n{\"n\": 2}");
            assertThat(world.worker().awaitExit()).isZero();
            assertThat(world.worker().output()).contains("draining in_flight=1 queued=1");
            assertThat(world.platform()
                            .outcome(first)
                            .orElseThrow()
                            .path("status")
                            .asText())
                    .isEqualTo("Success");
            assertThat(world.platform()
                            .outcome(second)
                            .orElseThrow()
                            .path("status")
                            .asText())
                    .isEqualTo("Success");
            assertThat(world.platform()
                            .outcome(late)
                            .orElseThrow()
                            .path("status")
                            .asText())
                    .isEqualTo("Rejected");
            JsonNode last = world.platform().takenReports().getLast();
            assertThat(last.path("cur_load").asDouble(-1)).isZero();
            assertThat(world.platform().takenReports())
                    .as("a drain must not buy machines")
                    .allSatisfy(report ->
                            assertThat(report.path("rej_load").asDouble()).isZero());
            double served = world.platform().takenReports().stream()
                    .mapToDouble(report -> report.path("cur_perf").asDouble())
                    .sum();
            assertThat(served).isEqualTo(200);
        }
    }

    @Test
    void exitsWithZeroWhenThereIsNothingToDo() throws Exception {
        world.ready();

        world.worker().terminate();

        assertThat(world.worker().awaitExit()).isZero();
        assertThat(world.worker().output()).contains("to=stopped");
    }

    @Test
    void endsAWorkerThatIsStillLoadingOrMeasuring() throws Exception {
        world.unset("capacity");
        world.handler("route: /measured, benchmark: {dataset: [{}], runs: 3, concurrency: 2}");
        world.model().on("/measured", Call::hang);
        world.log().append(ModelLog.LOADED);
        world.start();
        Call measured = world.awaitModelCall("/measured", 1);

        world.worker().terminate();

        assertThat(world.worker().awaitExit()).isZero();
        world.await("aborted benchmark", measured::isGone);
    }

    @Test
    void endsAtOnceAtASecondSignal() throws Exception {
        world.ready();
        try (RawClient running = world.client()) {
            running.post("/open", world.signed("{}"));
            Call call = world.awaitModelCall("/open", 1);
            world.worker().terminate();
            awaitState("draining");

            // Again and again: two in the same moment count as one.
            world.await("end", () -> {
                world.worker().terminate();
                return world.worker().hasEnded();
            });

            assertThat(world.worker().awaitExit()).isNotZero();
            world.await("closed connection at the model server", call::isGone);
            assertThat(running.isEnded()).isTrue();
        }
    }

    @Test
    void waitsNoLongerThanItsDeadline() throws Exception {
        world.set("drain.deadline", "200ms").ready();
        try (RawClient running = world.client()) {
            int idx = world.nextIdx();
            running.post("/open", world.signed(idx, "{}"));
            Call call = world.awaitModelCall("/open", 1);

            world.worker().terminate();

            world.worker().awaitExit();
            world.await("closed connection at the model server", call::isGone);
            assertThat(world.platform().outcome(idx)).as("told all the same").isPresent();
        }
    }

    @Test
    void doesNotWaitForAPlatformThatHangs() throws Exception {
        world.ready();
        world.platform().wire().on(ScriptedPlatform.STATUS, Call::hang);
        world.platform().wire().on(ScriptedPlatform.OUTCOMES, Call::hang);
        gate.open();
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);

        world.worker().terminate();

        assertThat(world.worker().awaitExit()).isZero();
    }
}
