package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 8.1 and 8.3: how reports go out, and where to.
class Chapter08ReportsIT {
    private static final String STATUS = ScriptedPlatform.STATUS;

    private static World world(Path folder) throws Exception {
        return new World(folder).handler("route: /open, allow-parallel-requests: true, max-queue-time: none");
    }

    @Test
    void postsJsonWithTheTokenInItAndNowhereElse(@TempDir Path folder) throws Exception {
        String token = "master-token-0123456789";
        try (World world = world(folder).variable("MASTER_TOKEN", token).variable("VAST_LOG_LEVEL", "debug")) {
            world.ready();
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
            world.awaitReport("performance", report -> report.path("cur_perf").asDouble() > 0);

            Call call = world.platform().wire().calls(STATUS).getFirst();

            assertThat(call.requestLine()).isEqualTo("POST /worker_status/ HTTP/1.1");
            assertThat(call.header("Content-Type").orElse("")).startsWith("application/json");
            assertThat(call.header("Authorization")).isEmpty();
            assertThat(call.json().path("mtoken").asText()).isEqualTo(token);
            assertThat(world.worker().output()).doesNotContain(token);
            assertThat(World.get(world.adminPort(), "/status").text()).doesNotContain(token);
            assertThat(World.get(world.adminPort(), "/metrics").text()).doesNotContain(token);
        }
    }

    @Test
    void takesAnyTwoHundredAndFollowsARedirect(@TempDir Path folder) throws Exception {
        try (World world = world(folder)) {
            Wire wire = world.platform().wire();
            wire.on("/moved/", call -> call.raw("HTTP/1.1 204 No Content\r\n\r\n"));
            wire.on(
                    STATUS,
                    call -> call.raw(
                            "HTTP/1.1 307 Moved\r\nLocation: " + wire.url() + "/moved/\r\nContent-Length: 0\r\n\r\n"));
            world.ready();
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);

            world.await(
                    "acknowledged load",
                    () -> wire.calls("/moved/").stream()
                            .anyMatch(call -> call.json().path("cur_perf").asDouble() == 100));
            int reports = wire.calls("/moved/").size();
            assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
            world.await(
                    "next load",
                    () -> wire.calls("/moved/").stream()
                            .skip(reports)
                            .anyMatch(call -> call.json().path("cur_perf").asDouble() == 100));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesToTheSecondAddressWhereTheFirstIsDownOrRefuses(boolean down, @TempDir Path folder) throws Exception {
        try (World world = world(folder);
                var first = new ScriptedPlatform()) {
            if (down) {
                first.wire().stop();
            }
            first.answer(STATUS, 500);
            first.answer(ScriptedPlatform.KEY, 404);
            world.variable("REPORT_ADDR", first.url() + "," + world.platform().url())
                    .ready();
            world.awaitReport(
                    "readiness",
                    report -> report.path("max_perf").asDouble() > 0
                            && report.path("loadtime").asDouble() > 0);
            int tried = first.wire().calls(STATUS).size();
            assertThat(tried).isEqualTo(down ? 0 : 3);

            // The address that answered is asked first from now on.
            int idx = world.nextIdx();
            assertThat(world.post("/open", world.signed(idx, "{}")).status()).isEqualTo(200);
            world.awaitReport("performance", report -> report.path("cur_perf").asDouble() == 100);
            assertThat(first.wire().calls(STATUS)).hasSize(tried);
            if (down) {
                assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Success");
            }
        }
    }
}
