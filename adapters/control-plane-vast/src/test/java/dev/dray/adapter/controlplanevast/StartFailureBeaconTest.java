package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureBeaconTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String NOBODY = "http://127.0.0.1:1";

    @Test
    void reportsAWorkerThatNeverDidAnything() {
        try (var autoscaler = new FakeAutoscaler();
                var beacon = new StartFailureBeacon(Samples.settings(autoscaler.address()), System::nanoTime)) {
            assertThat(beacon.send("port 3000 is taken", LIMIT)).isTrue();

            assertThat(autoscaler.bodies).containsExactly("""
                    {"id": 77, "mtoken": "tok", "version": "1.1.0", "loadtime": 0.0, "cur_load": 0.0, \
                    "rej_load": 0.0, "new_load": 0.0, \
                    "error_msg": "Worker Server failed to launch: port 3000 is taken", "max_perf": 0.0, \
                    "cur_perf": 0.0, "cur_capacity": 0, "max_capacity": 0, "num_requests_working": 0, \
                    "num_requests_recieved": 0, "additional_disk_usage": 0.0, "working_request_idxs": [], \
                    "url": "https://203.0.113.7:41234"}\
                    """);
        }
    }

    @Test
    void needsNoUrlOfItsOwn() {
        try (var autoscaler = new FakeAutoscaler();
                var beacon = new StartFailureBeacon(withoutUrl(autoscaler.address()), System::nanoTime)) {
            assertThat(beacon.send("PUBLIC_IPADDR is missing", LIMIT)).isTrue();

            assertThat(autoscaler.lastReport().get("url").asText()).isEmpty();
        }
    }

    @Test
    void goesToTheFirstAddressThatTakesIt() {
        try (var down = new FakeAutoscaler();
                var up = new FakeAutoscaler();
                var beacon = new StartFailureBeacon(
                        Samples.settings(NOBODY, down.address(), up.address()), System::nanoTime)) {
            down.status = 500;

            assertThat(beacon.send("x", LIMIT)).isTrue();

            assertThat(up.reports).hasSize(1);
            assertThat(down.refused).hasSize(1);
        }
    }

    @Test
    void saysThatNobodyTookIt() {
        try (var silent = new FakeAutoscaler();
                var beacon = new StartFailureBeacon(Samples.settings(NOBODY, silent.address()), System::nanoTime)) {
            silent.silent = true;

            assertThat(beacon.send("x", Duration.ofMillis(200))).isFalse();
        }
    }

    private static VastSettings withoutUrl(String address) {
        return new VastSettings(
                List.of(address),
                77,
                "",
                false,
                "",
                false,
                true,
                Path.of("/nowhere/update"),
                DeleteFormat.RECORDS,
                VastSettings.REPORTED_VERSION);
    }
}
