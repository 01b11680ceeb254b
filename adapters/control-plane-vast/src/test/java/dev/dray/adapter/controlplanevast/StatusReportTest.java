package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dray.adapter.controlplanevast.StatusReport.Marks;
import dev.dray.model.Bytes;
import dev.dray.model.PlatformReference;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusReportTest {
    private static final VastSettings SETTINGS = Samples.settings("http://127.0.0.1:1");
    private static final Readiness READY = FakeWorker.readiness(ReadinessState.READY, "");

    @Test
    void hasTheFieldsOfTheProtocolInTheirOrder() {
        List<PlatformReference> working = List.of(reference(1), reference(3), reference(4), reference(9));
        LoadSnapshot load = FakeWorker.load(400, 0, 0, 0, working);

        assertThat(report(READY, load, Marks.start(0), 0).json()).isEqualTo("""
                    {"id": 77, "mtoken": "tok", "version": "1.1.0", "loadtime": 41.27, "cur_load": 400.0, \
                    "rej_load": 0.0, "new_load": 400.0, "error_msg": "", "max_perf": 812.4, "cur_perf": 0.0, \
                    "cur_capacity": 0, "max_capacity": 0, "num_requests_working": 4, "num_requests_recieved": 5, \
                    "additional_disk_usage": 0.0, "working_request_idxs": [1, 3, 4, 9], \
                    "url": "https://203.0.113.7:41234"}\
                    """);
    }

    @Test
    void saysNothingOfTheTimesBeforeTheFirstBenchmark() {
        var load = new LoadSnapshot(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), OptionalDouble.empty(), Optional.<Duration>empty());

        assertThat(report(READY, load, Marks.start(0), 0).json())
                .contains("\"loadtime\": 0.0", "\"max_perf\": 0.0", "\"working_request_idxs\": []");
    }

    @Test
    void claimsNoCapacityBeforeItIsReady() {
        var pinned = new LoadSnapshot(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), OptionalDouble.of(812.4), Optional.<Duration>empty());

        assertThat(report(READY, pinned, Marks.start(0), 0).json()).contains("\"max_perf\": 0.0,");
    }

    @Test
    void namesOpenSessionsAmongTheWorking() {
        PlatformReference session = Sessions.order(Sessions.create("{}")).reference();

        LoadSnapshot load = FakeWorker.load(0, 0, 0, 0, List.of(reference(1), session));

        assertThat(report(READY, load, Marks.start(0), 0).json())
                .contains("\"num_requests_working\": 2,", "\"working_request_idxs\": [1, 5],");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 'CUDA \"oom\"', 'CUDA \\\"oom\\\"'",
        "UNHEALTHY, status 503, status 503",
        "READY, was unhealthy, ''",
        "LOADING, waits for the log, ''",
        "DRAINING, SIGTERM, ''"
    })
    void tellsTheReasonOnlyWhereTheWorkerIsFaulty(ReadinessState state, String reason, String error) {
        Readiness readiness = FakeWorker.readiness(state, reason);

        assertThat(report(readiness, FakeWorker.IDLE, Marks.start(0), 0).json())
                .contains("\"error_msg\": \"" + error + "\"");
    }

    @Test
    void countsDiskUsageFromTheLastAcknowledgedReport() {
        long gib = 1L << 30;

        StatusReport first = report(READY, FakeWorker.IDLE, Marks.start(10 * gib), 12 * gib + gib / 2);
        StatusReport second = report(READY, FakeWorker.IDLE, first.marks(), 12 * gib);

        assertThat(first.json()).contains("\"additional_disk_usage\": 2.5,");
        assertThat(second.json()).contains("\"additional_disk_usage\": -0.5,");
    }

    @Test
    void leavesOutWhatIsNoRequestOfThePlatforms() {
        String body = Samples.body(1, "\"s\"").replace("\"request_idx\": 1", "\"request_idx\": \"x\"");
        PlatformReference invented =
                Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false)).reference();
        List<PlatformReference> working = List.of(reference(1), invented, reference(2));

        assertThat(report(READY, FakeWorker.load(0, 0, 0, 0, working), Marks.start(0), 0)
                        .json())
                .contains("\"working_request_idxs\": [1, 2],");
    }

    @Test
    void carriesACancellationOverIntoALaterInterval() {
        Marks marks = Marks.start(0);
        StatusReport admitted = report(READY, FakeWorker.load(100, 0, 0, 0, List.of()), marks, 0);
        StatusReport cancelled = report(READY, FakeWorker.load(100, 100, 0, 0, List.of()), admitted.marks(), 0);
        StatusReport next = report(READY, FakeWorker.load(250, 100, 0, 0, List.of()), cancelled.marks(), 0);

        assertThat(admitted.json()).contains("\"new_load\": 100.0,");
        assertThat(cancelled.json()).contains("\"new_load\": 0.0,");
        assertThat(next.json()).contains("\"new_load\": 50.0,");
    }

    /// Whatever is lost on the way, the sums the platform has heard end where the worker's counters stand.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesNoUnitOverLostReports(long seed) throws JsonProcessingException {
        var random = new SplittableRandom(seed);
        var mapper = new ObjectMapper();
        double received = 0;
        double cancelled = 0;
        double served = 0;
        double rejected = 0;
        double heardNew = 0;
        double heardServed = 0;
        double heardRejected = 0;
        double peak = 0;
        Marks acknowledged = Marks.start(0);
        for (int i = 0; i < 200; i++) {
            received += random.nextInt(5);
            cancelled = Math.min(received, cancelled + random.nextInt(4));
            served += random.nextInt(3);
            rejected += random.nextInt(2);
            LoadSnapshot load = FakeWorker.load(received, cancelled, served, rejected, List.of());
            StatusReport report = report(READY, load, acknowledged, 0);
            JsonNode fields = mapper.readTree(report.json());
            assertThat(fields.get("new_load").asDouble()).isNotNegative();
            if (random.nextInt(3) == 0) {
                continue;
            }
            acknowledged = report.marks();
            heardNew += fields.get("new_load").asDouble();
            heardServed += fields.get("cur_perf").asDouble();
            heardRejected += fields.get("rej_load").asDouble();
            peak = Math.max(peak, received - cancelled);
            assertThat(heardNew).isEqualTo(peak);
            assertThat(heardServed).isEqualTo(served);
            assertThat(heardRejected).isEqualTo(rejected);
        }
    }

    private static long[] seeds() {
        return new SplittableRandom(1).longs(200).toArray();
    }

    private static PlatformReference reference(long requestIdx) {
        return Samples.envelope(requestIdx).reference();
    }

    private static StatusReport report(Readiness readiness, LoadSnapshot load, Marks acknowledged, long diskUsed) {
        return StatusReport.of(SETTINGS, new StatusReport.Reading(readiness, load, 5, diskUsed), acknowledged);
    }
}
