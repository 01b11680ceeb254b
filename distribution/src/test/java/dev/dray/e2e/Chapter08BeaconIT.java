package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocol 8.6: a worker that cannot start says so, by one reporter, and starts once it can.
class Chapter08BeaconIT {
    @Test
    void tellsThatItsPortIsTakenAndStartsWhenItIsFree(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            world.log().append(ModelLog.LOADED);
            JsonNode beacon;
            try (var taker = new ServerSocket(world.port(), 1, InetAddress.getLoopbackAddress())) {
                assertThat(taker.isBound()).isTrue();
                world.start();
                beacon = world.awaitReport(
                        "beacon", report -> !report.path("error_msg").asText().isEmpty());
                assertThat(world.platform().reports())
                        .as("one reporter")
                        .allSatisfy(report ->
                                assertThat(report.path("error_msg").asText()).isNotEmpty());
            }

            assertThat(beacon.path("error_msg").asText())
                    .startsWith("Worker Server failed to launch: ")
                    .contains("" + world.port());
            assertThat(beacon.path("id").asInt()).isEqualTo(77);
            assertThat(beacon.path("version").asText()).isEqualTo("1.1.0");
            assertThat(beacon.path("url").asText()).isEqualTo(world.url());
            world.awaitReady();
            world.awaitReport(
                    "readiness",
                    report -> report.path("loadtime").asDouble() > 0
                            && report.path("error_msg").asText("?").isEmpty());
        }
    }

    @Test
    void tellsWhatIsMissingOnceAndExitsWithTwo(@TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            world.withoutVariable("VAST_TCP_PORT_" + world.port()).withoutVariable("PUBLIC_IPADDR");
            world.start();

            assertThat(world.worker().awaitExit()).isEqualTo(2);

            assertThat(world.worker().output()).contains("VAST_TCP_PORT_" + world.port(), "PUBLIC_IPADDR");
            assertThat(world.platform().reports()).hasSize(1);
            JsonNode beacon = world.platform().reports().getFirst();
            assertThat(beacon.path("error_msg").asText()).contains("PUBLIC_IPADDR");
            assertThat(beacon.path("id").asInt()).isEqualTo(77);
        }
    }
}
