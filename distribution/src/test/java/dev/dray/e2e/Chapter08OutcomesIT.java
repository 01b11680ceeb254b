package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 8.4: one record for each request, in order, kept until the platform has it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter08OutcomesIT {
    private static final String OUTCOMES = ScriptedPlatform.OUTCOMES;

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
    void mend() {
        world.platform().answer(OUTCOMES, 200);
        world.model().on("/open", call -> call.answer(200, "{}"));
    }

    private int served() throws Exception {
        int idx = world.nextIdx();
        assertThat(world.post("/open", world.signed(idx, "{}")).status()).isEqualTo(200);
        return idx;
    }

    @Test
    void postsARecordWithTimesInOrder() throws Exception {
        double before = Instant.now().toEpochMilli() / 1e3;
        int idx = served();

        JsonNode record = world.awaitOutcome(idx);

        assertThat(record.fieldNames())
                .toIterable()
                .containsExactly(
                        "request_idx", "success", "status", "entered_queue_at", "work_started_at", "work_completed_at");
        assertThat(record.path("success").asBoolean()).isTrue();
        assertThat(record.path("status").asText()).isEqualTo("Success");
        double entered = record.path("entered_queue_at").asDouble();
        double started = record.path("work_started_at").asDouble();
        double completed = record.path("work_completed_at").asDouble();
        assertThat(entered).isBetween(before - 1, before + 120);
        assertThat(started).isGreaterThanOrEqualTo(entered);
        assertThat(completed).isGreaterThanOrEqualTo(started);
        Call call = world.platform().wire().calls(OUTCOMES).getLast();
        assertThat(call.requestLine()).isEqualTo("POST /delete_requests/ HTTP/1.1");
        assertThat(call.json().path("worker_id").asInt()).isEqualTo(77);
        assertThat(call.json().path("mtoken").asText()).isEqualTo("tok");
        assertThat(call.json().fieldNames()).toIterable().containsExactly("worker_id", "mtoken", "requests");
    }

    @Test
    void tellsAFailedRequest() throws Exception {
        world.model().on("/open", Call::close);
        int idx = world.nextIdx();
        assertThat(world.post("/open", world.signed(idx, "{}")).status()).isEqualTo(502);

        JsonNode record = world.awaitOutcome(idx);

        assertThat(record.path("status").asText()).isEqualTo("Error");
        assertThat(record.path("success").asBoolean(true)).isFalse();
        assertThat(record.path("work_started_at").asDouble()).isPositive();
        assertThat(record.path("work_completed_at").asDouble()).isPositive();
    }

    @Test
    void deliversInTheOrderOfTheEndsAfterAnOutage() throws Exception {
        world.platform().answer(OUTCOMES, 500);
        var served = new ArrayList<Integer>();
        for (int i = 1; i <= 30; i++) {
            served.add(servedAndBooked(i));
        }
        int refused = world.platform().wire().calls(OUTCOMES).size();
        world.await(
                "refused delivery",
                () -> world.platform().wire().calls(OUTCOMES).size() > refused);
        world.platform().wire().stop();
        served.add(servedAndBooked(31));
        world.platform().answer(OUTCOMES, 200);
        world.platform().wire().restart();

        world.awaitOutcome(served.getLast());

        List<Integer> delivered = world.platform().outcomes().stream()
                .map(record -> record.path("request_idx").asInt())
                .filter(served::contains)
                .toList();
        assertThat(delivered).containsExactlyElementsOf(served);
    }

    /// A client has its answer before the request's end is written down: the next one could overtake it there.
    private int servedAndBooked(int waiting) throws Exception {
        int idx = served();
        world.await(
                waiting + " outcomes in the books",
                () -> world.status().path("platform").path("outcomes-waiting").asInt() >= waiting);
        return idx;
    }

    @Test
    void sendsAgainWhatWasNotAcknowledgedAndNothingThatWas() throws Exception {
        var answer = new Gate();
        world.platform().wire().on(OUTCOMES, call -> {
            if (call.hold(answer)) {
                call.answer(200, "{}");
            }
        });
        int inTheAir = served();
        world.await(
                "delivery in the air",
                () -> !world.platform().wire().calls(OUTCOMES).isEmpty()
                        && world.platform()
                                .wire()
                                .calls(OUTCOMES)
                                .getLast()
                                .text()
                                .contains("\"request_idx\": " + inTheAir));
        int later = served();
        answer.open();

        world.awaitOutcome(later);

        assertThat(world.platform().outcomes().stream()
                        .map(record -> record.path("request_idx").asInt())
                        .filter(idx -> idx == inTheAir || idx == later))
                .containsExactly(inTheAir, later);
    }

    @Test
    void deliversOneRecordForEachUseOfARequestIdx() throws Exception {
        int idx = world.nextIdx();
        String body = world.signed(idx, "{}");
        assertThat(world.post("/open", body).status()).isEqualTo(200);
        assertThat(world.post("/open", body).status()).isEqualTo(200);

        world.await(
                "two records",
                () -> world.platform().outcomes().stream()
                                .filter(record -> record.path("request_idx").asInt() == idx)
                                .count()
                        == 2);
    }
}
