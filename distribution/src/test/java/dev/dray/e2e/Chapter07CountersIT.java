package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 7 and the table of 8.1: every field of a report, its formula, and what an acknowledgement resets.
class Chapter07CountersIT {
    private static final String STATUS = ScriptedPlatform.STATUS;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final Gate gate = new Gate();
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("capacity", "812.5")
                .handler("route: /held, allow-parallel-requests: true, max-queue-time: none, workload: 100")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none, workload: 10")
                .handler("route: /none, allow-parallel-requests: true, max-queue-time: 0, workload: 3")
                .ready();
        world.model().on("/held", call -> {
            if (call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        for (RawClient client : clients) {
            client.close();
        }
        world.close();
    }

    private RawClient send(String path, int requestIdx) throws IOException {
        RawClient client = world.client();
        clients.add(client);
        return client.post(path, world.signed(requestIdx, "{}"));
    }

    private double sum(String field) {
        return world.platform().takenReports().stream()
                .mapToDouble(report -> report.path(field).asDouble())
                .sum();
    }

    private void awaitSum(String field, double expected) throws InterruptedException {
        world.await("%s that adds up to %s".formatted(field, expected), () -> sum(field) == expected);
    }

    @Test
    void reportsEveryFieldInTheReferencesOrder() throws Exception {
        send("/held", 11);
        world.awaitModelCall("/held", 1);
        send("/held", 12);
        world.awaitModelCall("/held", 2);
        send("/held", 9);
        world.awaitModelCall("/held", 3);

        JsonNode report = world.awaitReport(
                "three requests", one -> one.path("num_requests_working").asInt() == 3);

        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "mtoken",
                        "version",
                        "loadtime",
                        "cur_load",
                        "rej_load",
                        "new_load",
                        "error_msg",
                        "max_perf",
                        "cur_perf",
                        "cur_capacity",
                        "max_capacity",
                        "num_requests_working",
                        "num_requests_recieved",
                        "additional_disk_usage",
                        "working_request_idxs",
                        "url");
        assertThat(report.path("id").isInt()).isTrue();
        assertThat(report.path("id").asInt()).isEqualTo(77);
        assertThat(report.path("mtoken").asText()).isEqualTo("tok");
        assertThat(report.path("version").asText()).isEqualTo("1.1.0");
        assertThat(report.path("loadtime").asDouble()).isPositive();
        assertThat(report.path("cur_load").asDouble()).isEqualTo(300.0);
        assertThat(report.path("error_msg").asText("?")).isEmpty();
        assertThat(report.path("max_perf").asDouble()).isEqualTo(812.5);
        assertThat(report.path("cur_perf").asDouble()).isZero();
        assertThat(report.path("cur_capacity").asInt(-1)).isZero();
        assertThat(report.path("max_capacity").asInt(-1)).isZero();
        assertThat(report.path("num_requests_recieved").asInt()).isEqualTo(3);
        assertThat(report.path("additional_disk_usage").isNumber()).isTrue();
        assertThat(report.path("working_request_idxs"))
                .extracting(JsonNode::asInt)
                .containsExactly(11, 12, 9);
        assertThat(report.path("url").asText()).isEqualTo(world.url());
    }

    @Test
    void countsWhatWasAdmittedServedAndRejectedOnceEach() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        }
        send("/held", world.nextIdx());
        world.awaitModelCall("/held", 1);
        assertThat(world.post("/none", world.signed("{}")).status()).isEqualTo(429);
        awaitSum("new_load", 150);
        awaitSum("cur_perf", 50);
        awaitSum("rej_load", 3);

        gate.open();
        awaitSum("cur_perf", 150);

        JsonNode last = world.awaitReport(
                "no request",
                report -> report.path("cur_load").asDouble() == 0
                        && report.path("num_requests_recieved").asInt() >= 6);
        assertThat(last.path("working_request_idxs")).isEmpty();
        assertThat(last.path("num_requests_working").asInt(-1)).isZero();
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        awaitSum("cur_perf", 160);
        awaitSum("new_load", 160);
        assertThat(sum("rej_load")).isEqualTo(3);
    }

    @Test
    void losesNothingWhileThePlatformRefuses() throws Exception {
        world.platform().answer(STATUS, 500);
        for (int i = 0; i < 4; i++) {
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        }
        int refused = world.platform().wire().calls(STATUS).size();
        world.await(
                "refused reports", () -> world.platform().wire().calls(STATUS).size() > refused);
        double before = sum("cur_perf");
        assertThat(before).isZero();

        world.platform().answer(STATUS, 200);

        awaitSum("cur_perf", 40);
        awaitSum("new_load", 40);
    }

    @Test
    void losesNothingWhileAReportIsInTheAir() throws Exception {
        var answer = new Gate();
        int before = world.platform().wire().calls(STATUS).size();
        world.platform().wire().on(STATUS, call -> {
            if (call.hold(answer)) {
                call.answer(200, "{}");
            }
        });
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        world.await(
                "report in the air", () -> world.platform().wire().calls(STATUS).size() > before);

        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        answer.open();

        awaitSum("cur_perf", 30);
        awaitSum("new_load", 30);
    }

    @Test
    void countsNeitherErrorsAsPerformanceNorCancelledWorkAsLoad() throws Exception {
        world.model().on("/open", call -> call.answer(500, "{}"));
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(500);
        RawClient leaver = send("/held", world.nextIdx());
        world.awaitModelCall("/held", 1);
        awaitSum("new_load", 110);
        leaver.close();
        world.awaitReport(
                "no load",
                report -> report.path("num_requests_recieved").asInt() == 2
                        && report.path("cur_load").asDouble() == 0);

        // The cancelled 100 were reported as load already: they are set off against what comes next.
        world.model().on("/open", call -> call.answer(200, "{}"));
        for (int i = 0; i < 12; i++) {
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        }
        awaitSum("cur_perf", 120);
        awaitSum("new_load", 130);

        assertThat(world.platform().reports())
                .allSatisfy(
                        report -> assertThat(report.path("new_load").asDouble()).isNotNegative());
    }

    @Test
    void leavesNoTraceOfRequestsThatDidNotVerify() throws Exception {
        for (int i = 0; i < 3; i++) {
            String forged = world.signed("{}").replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"AAAA\"");
            assertThat(world.post("/open", forged).status()).isEqualTo(401);
            assertThat(world.post("/open", "{}").status()).isEqualTo(422);
        }
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
        awaitSum("cur_perf", 10);

        assertThat(sum("new_load")).isEqualTo(10);
        assertThat(sum("rej_load")).isZero();
        assertThat(world.platform().outcomes()).hasSizeLessThanOrEqualTo(1);
        assertThat(world.platform()
                        .takenReports()
                        .getLast()
                        .path("num_requests_recieved")
                        .asInt())
                .isEqualTo(1);
    }
}
