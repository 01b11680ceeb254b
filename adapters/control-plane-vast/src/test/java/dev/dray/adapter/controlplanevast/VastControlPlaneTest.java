package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.adapter.controlplanevast.Samples.Times;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestId;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.WorkerEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VastControlPlaneTest {
    private static final String NOBODY = "http://127.0.0.1:1";
    // Idle for ever: whatever is sent is sent because something happened.
    private static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(5),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofMillis(10),
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(60));

    private final FakeAutoscaler autoscaler = new FakeAutoscaler();
    private final FakeWorker worker = new FakeWorker();
    private final InMemoryOutcomeJournal journal = new InMemoryOutcomeJournal(InstantSource.system());
    private final List<VastControlPlane> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(VastControlPlane::close);
        autoscaler.close();
    }

    @Test
    void reportsAtOnceWhenStarted() {
        var plane = started(autoscaler.address());

        Deadline.until(() -> plane.lastReport().isPresent());

        assertThat(autoscaler.lastReport().get("id").asInt()).isEqualTo(77);
        assertThat(plane.lastReport().orElseThrow().address()).isEqualTo(autoscaler.address());
        assertThat(plane.lastReport().orElseThrow().failure()).isEmpty();
        assertThat(plane.lastReport().orElseThrow().acknowledged()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReadinessState.class,
            names = {"READY", "UNHEALTHY", "FAILED", "DRAINING"})
    void reportsAtOnceWhenReadinessChanges(ReadinessState state) {
        var plane = idle(autoscaler.address());
        Readiness before = worker.readiness;
        worker.readiness = FakeWorker.readiness(state, "because");

        plane.events().accept(new WorkerEvent.ReadinessChanged(before, worker.readiness));

        Deadline.until(() -> autoscaler.reports.size() == 2);
        assertThat(autoscaler.lastReport().get("error_msg").asText())
                .isEqualTo(worker.readiness.isFaulty() ? "because" : "");
    }

    @Test
    void reportsSoonWhenLoadChanges() {
        var plane = idle(autoscaler.address());
        worker.load = FakeWorker.load(100, 0, 0, 0, List.of(Samples.envelope(9).reference()));

        plane.events()
                .accept(new WorkerEvent.RequestAdmitted(
                        new RequestId(1), Optional.empty(), "/v1/completions", 100, false, 1));

        Deadline.until(() -> autoscaler.reports.size() == 2);
        assertThat(autoscaler.lastReport().get("new_load").asDouble()).isEqualTo(100);
        assertThat(autoscaler.lastReport().get("working_request_idxs").toString())
                .isEqualTo("[9]");
    }

    @Test
    void reportsHowManyDifferentRequestsItHeardOf() {
        var plane = idle(autoscaler.address());

        // All samples have the same reqnum.
        plane.events().accept(Samples.ended(1, Outcome.REJECTED));
        plane.events().accept(Samples.ended(2, Outcome.REJECTED));

        Deadline.until(() -> autoscaler.reports.size() == 2);
        assertThat(autoscaler.lastReport().get("num_requests_recieved").asLong())
                .isEqualTo(1);
    }

    @Test
    void reportsTheSameIntervalAgainUntilItIsAcknowledged() {
        var plane = idle(autoscaler.address());
        autoscaler.status = 500;
        worker.load = FakeWorker.load(100, 0, 30, 7, List.of());
        plane.events()
                .accept(new WorkerEvent.RequestAdmitted(
                        new RequestId(1), Optional.empty(), "/v1/completions", 100, false, 1));
        Deadline.until(() -> plane.lastReport().orElseThrow().failures() >= 2);
        assertThat(plane.lastReport().orElseThrow().failure()).contains("answered 500");

        autoscaler.status = 200;

        Deadline.until(() -> autoscaler.reports.size() == 2);
        JsonNode report = autoscaler.lastReport();
        assertThat(report.get("new_load").asDouble()).isEqualTo(100);
        assertThat(report.get("cur_perf").asDouble()).isEqualTo(30);
        assertThat(report.get("rej_load").asDouble()).isEqualTo(7);
    }

    @Test
    void failsOverToTheNextAddress() {
        try (var second = new FakeAutoscaler()) {
            autoscaler.status = 503;
            var plane = started(NOBODY, autoscaler.address(), second.address());
            plane.events().accept(Samples.ended(11, Outcome.SERVED));

            Deadline.until(() -> !second.reports.isEmpty() && second.delivered().equals(List.of("11")));
            Deadline.until(() -> plane.isKeyKnown() && plane.lastReport().isPresent());

            assertThat(plane.lastReport().orElseThrow().address()).isEqualTo(second.address());
            assertThat(autoscaler.refused)
                    .filteredOn(body -> body.contains("num_requests_working"))
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                NOBODY + " | no connection: nothing listens there, or no way leads there",
                "http://platform.invalid | no connection: the host's name has no address"
            })
    void saysInWordsThatThereIsNoConnection(String address, String words) {
        var plane = started(address);

        Deadline.until(() -> plane.lastReport().flatMap(ReportStatus::failure).isPresent());

        assertThat(plane.lastReport().flatMap(ReportStatus::failure)).contains(words);
    }

    @Test
    void fetchesTheKeyAndVerifiesWithIt() {
        var plane = plane(autoscaler.address());
        var envelope = Samples.opened(plane.protocol()
                .open(Samples.request(Samples.body(5, "\"" + FakeAutoscaler.SIGNER.sign(Samples.URL) + "\""))));
        assertThat(plane.protocol().verify(envelope.reference())).isEqualTo(Verdict.KEY_MISSING);
        autoscaler.status = 500;
        plane.start(worker);
        Deadline.until(
                () -> plane.lastReport().map(report -> report.failures() > 0).orElse(false));
        assertThat(plane.protocol().verify(envelope.reference())).isEqualTo(Verdict.KEY_MISSING);

        autoscaler.status = 200;

        Deadline.until(plane::isKeyKnown);
        assertThat(plane.protocol().verify(envelope.reference())).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void fetchesTheKeyFromTheNextAddress() {
        var plane = started(NOBODY, autoscaler.address());

        Deadline.until(plane::isKeyKnown);

        assertThat(autoscaler.keyFetches).containsExactly("GET");
        assertThat(plane.status().keyKnownSince()).isPresent();
    }

    @Test
    void fetchesNoKeyWhereNothingIsSigned() {
        var time = new Timekeeper(System::nanoTime, InstantSource.system(), PACE);
        var plane = new VastControlPlane(Samples.unsecured(autoscaler.address()), journal, time);
        opened.add(plane);
        plane.start(worker);
        Deadline.until(() -> plane.lastReport().isPresent());

        plane.finish(Duration.ofSeconds(5));

        assertThat(autoscaler.keyFetches).isEmpty();
        assertThat(plane.isKeyKnown()).isTrue();
        assertThat(plane.status().keyNeeded()).isFalse();
        assertThat(plane.status().keyKnownSince()).isEmpty();
    }

    @Test
    void tellsOperatorsHowTheLineIs() {
        autoscaler.status = 500;
        var plane = started(autoscaler.address());
        plane.events().accept(Samples.ended(1, Outcome.SERVED));
        Deadline.until(() -> plane.status().reports().failuresInARow() >= 2
                && plane.status().deliveries().failuresInARow() >= 2
                && plane.status().keyFetches().failuresInARow() >= 2);
        PlatformStatus down = plane.status();
        assertThat(down.reports().repeated()).isGreaterThanOrEqualTo(4);
        assertThat(down.deliveries().repeated()).isGreaterThanOrEqualTo(4);
        assertThat(down.keyFetches().repeated()).isPositive();
        assertThat(down.keyNeeded()).isTrue();
        assertThat(down.keyKnownSince()).isEmpty();
        assertThat(down.outcomesWaiting()).isEqualTo(1);
        assertThat(down.outcomesDropped()).isZero();

        autoscaler.status = 200;

        Deadline.until(() -> plane.status().reports().failuresInARow() == 0
                && plane.status().deliveries().failuresInARow() == 0
                && plane.status().keyFetches().failuresInARow() == 0
                && plane.status().outcomesWaiting() == 0);
    }

    @Test
    void keepsOutcomesWhileThePlatformIsDownAndDeliversThemInOrder() {
        var plane = idle(autoscaler.address());
        autoscaler.status = 502;
        IntStream.range(0, 50).forEach(i -> plane.events().accept(Samples.ended(i, Outcome.SERVED)));
        Deadline.until(() -> autoscaler.refused.stream().anyMatch(body -> body.contains("worker_id")));
        IntStream.range(50, 60).forEach(i -> plane.events().accept(Samples.ended(i, Outcome.ERRORED)));
        assertThat(plane.outcomesWaiting()).isEqualTo(60);

        autoscaler.status = 200;

        Deadline.until(() -> plane.outcomesWaiting() == 0);
        assertThat(autoscaler.delivered())
                .isEqualTo(IntStream.range(0, 60).mapToObj(Integer::toString).toList());
        JsonNode delivery = autoscaler.deliveries.getFirst();
        assertThat(delivery.fieldNames()).toIterable().containsExactly("worker_id", "mtoken", "requests");
        assertThat(delivery.get("worker_id").asInt()).isEqualTo(77);
        assertThat(delivery.get("mtoken").asText()).isEqualTo("tok");
    }

    @Test
    void losesNoOutcomeThatManyThreadsTellAtOnce() throws InterruptedException {
        var plane = idle(autoscaler.address());
        var threads = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 200)
                                .forEach(i -> plane.events().accept(Samples.ended(thread * 200L + i, Outcome.SERVED)))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        Deadline.until(() -> plane.outcomesWaiting() == 0);

        assertThat(autoscaler.delivered()).hasSize(1_600).doesNotHaveDuplicates();
    }

    @Test
    void saysNothingOfWhatDidNotVerify() {
        var plane = idle(autoscaler.address());

        plane.events().accept(Samples.ended(900, Optional.empty(), Outcome.UNVERIFIED, new Times(1, 0, 2)));
        plane.events().accept(Samples.ended(901, Optional.empty(), Outcome.INVALID, new Times(1, 0, 2)));
        plane.events().accept(Samples.ended(1, Outcome.UNVERIFIED));
        plane.events().accept(Samples.ended(2, Outcome.SERVED));

        Deadline.until(() -> plane.outcomesWaiting() == 0);
        assertThat(autoscaler.delivered()).containsExactly("2");
    }

    @Test
    void doesNotReportBecauseOfWhatDidNotVerify() {
        var plane = idle(autoscaler.address());
        plane.events().accept(Samples.ended(900, Optional.empty(), Outcome.UNVERIFIED, new Times(1, 0, 2)));

        plane.finish(Duration.ofSeconds(5));

        // The one of the start and the one of the end.
        assertThat(autoscaler.reports).hasSize(2);
        assertThat(autoscaler.deliveries).isEmpty();
    }

    @Test
    void anInventedRequestIdxHoldsUpNobody() {
        autoscaler.refuses = body -> body.contains("\"x\"");
        var plane = idle(autoscaler.address());
        var invented = Samples.opened(EnvelopeReader.read(
                Bytes.utf8(Samples.body(1, "\"s\"").replace("\"request_idx\": 1", "\"request_idx\": \"x\"")), false));

        plane.events().accept(Samples.ended(1, Outcome.SERVED));
        plane.events()
                .accept(Samples.ended(902, Optional.of(invented.reference()), Outcome.SERVED, new Times(1, 2, 3)));
        plane.events().accept(Samples.ended(2, Outcome.SERVED));

        Deadline.until(() -> plane.outcomesWaiting() == 0);
        assertThat(autoscaler.delivered()).containsExactly("1", "2");
    }

    @Test
    void sendsTheLastReportAndOutcomesWhenItFinishes() {
        var plane = idle(autoscaler.address());
        worker.load = FakeWorker.load(10, 0, 10, 0, List.of());
        IntStream.range(0, 5).forEach(i -> plane.events().accept(Samples.ended(i, Outcome.SERVED)));

        plane.finish(Duration.ofSeconds(10));

        assertThat(autoscaler.delivered()).containsExactly("0", "1", "2", "3", "4");
        assertThat(autoscaler.reports.stream()
                        .mapToDouble(report -> report.get("cur_perf").asDouble())
                        .sum())
                .isEqualTo(10);
    }

    @Test
    void finishesInTimeWhateverThePlatformDoes() {
        var plane = idle(autoscaler.address());
        autoscaler.silent = true;
        plane.events().accept(Samples.ended(1, Outcome.SERVED));
        Deadline.until(() -> !autoscaler.refused.isEmpty());

        plane.finish(Duration.ofMillis(300));

        assertThat(plane.outcomesWaiting()).isEqualTo(1);
    }

    @Test
    void finishesWhileThePlatformIsDown() {
        var plane = started(NOBODY);
        plane.events().accept(Samples.ended(1, Outcome.SERVED));

        plane.finish(Duration.ofMillis(300));
        plane.close();

        assertThat(plane.outcomesWaiting()).isEqualTo(1);
    }

    @Test
    void mayBeClosedWithoutHavingBeenStarted() {
        var plane = plane(autoscaler.address());

        plane.finish(Duration.ofSeconds(1));
        plane.close();

        assertThat(plane.lastReport()).isEmpty();
    }

    private VastControlPlane plane(String... addresses) {
        var time = new Timekeeper(System::nanoTime, InstantSource.system(), PACE);
        var plane = new VastControlPlane(Samples.settings(addresses), journal, time);
        opened.add(plane);
        return plane;
    }

    private VastControlPlane started(String... addresses) {
        var plane = plane(addresses);
        plane.start(worker);
        return plane;
    }

    /// Started, first report done.
    private VastControlPlane idle(String... addresses) {
        var plane = started(addresses);
        Deadline.until(() -> plane.lastReport().isPresent());
        return plane;
    }
}
