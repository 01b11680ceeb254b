package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.adapter.controlplanevast.Samples.Times;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.WorkerEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the platform hears of requests and sessions, also over a restart. The worker's clock stands still.
class OutcomeJournalTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final FakeAutoscaler autoscaler = new FakeAutoscaler();
    private final InMemoryOutcomeJournal journal = new InMemoryOutcomeJournal(InstantSource.fixed(NOON));
    private final List<VastControlPlane> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(VastControlPlane::close);
        autoscaler.close();
    }

    @Test
    void tellsOfASessionOnceItIsClosed() {
        var plane = plane(journal, DeleteFormat.RECORDS);
        plane.events().accept(sessionOpened(7));
        assertThat(plane.outcomesWaiting()).isZero();
        plane.events().accept(Samples.ended(7, Optional.empty(), Outcome.SERVED, new Times(NOW, 0, NOW)));

        plane.events().accept(sessionClosed(7));
        finish(plane, Duration.ofSeconds(10));

        assertThat(deliveries()).containsExactly("""
                {"worker_id": 77, "mtoken": "tok", "requests": [{"request_idx": 5, "success": true, \
                "status": "Success", "entered_queue_at": 1795435200.0, "work_started_at": 1795435200.0, \
                "work_completed_at": 1795435209.5}]}\
                """);
    }

    @Test
    void tellsOfARefusedSession() {
        var plane = plane(journal, DeleteFormat.RECORDS);

        plane.events().accept(Samples.ended(7, Optional.of(session()), Outcome.REJECTED, new Times(NOW, 0, NOW)));
        finish(plane, Duration.ofSeconds(10));

        assertThat(deliveries()).containsExactly("""
                {"worker_id": 77, "mtoken": "tok", "requests": [{"request_idx": 5, "success": false, \
                "status": "Rejected", "entered_queue_at": 1795435200.0, "work_started_at": 1795435200.0, \
                "work_completed_at": 0.0}]}\
                """);
    }

    @Test
    void tellsInListsWhereThePlatformReadsThose() {
        var plane = plane(journal, DeleteFormat.LISTS);
        plane.events().accept(ended(11, Outcome.SERVED));
        plane.events().accept(ended(12, Outcome.REJECTED));
        plane.events().accept(ended(13, Outcome.CANCELLED));
        plane.events().accept(ended(14, Outcome.ERRORED));

        finish(plane, Duration.ofSeconds(10));

        assertThat(deliveries())
                .containsExactly(
                        "{\"worker_id\":77,\"mtoken\":\"tok\",\"request_idxs\":[11,13],\"success\":true}",
                        "{\"worker_id\":77,\"mtoken\":\"tok\",\"request_idxs\":[12,14],\"success\":false}");
        assertThat(plane.outcomesWaiting()).isZero();
    }

    @Test
    void keepsTheListThatWasNotTaken() {
        autoscaler.refuses = body -> body.contains("\"success\":false");
        var plane = plane(journal, DeleteFormat.LISTS);
        plane.events().accept(ended(11, Outcome.SERVED));
        plane.events().accept(ended(12, Outcome.REJECTED));

        finish(plane, Duration.ofSeconds(2));

        assertThat(autoscaler.deliveries).hasSize(1);
        assertThat(plane.outcomesWaiting()).isEqualTo(1);
        assertThat(journal.restarted().recovered().outcomes()).hasSize(1);
    }

    @Test
    void deliversFirstWhatAnEarlierProcessOwed() {
        var killed = plane(journal, DeleteFormat.RECORDS);
        LongStream.rangeClosed(1, 3).forEach(i -> killed.events().accept(ended(i, Outcome.SERVED)));
        // Neither ended nor closed in time: its admission is all there is.
        killed.events().accept(admitted(50, 40));
        killed.events().accept(admitted(51, 41));
        killed.events().accept(ended(41, 51, Outcome.SERVED));
        killed.events().accept(sessionOpened(60));

        var next = plane(journal.restarted(), DeleteFormat.RECORDS);
        next.events().accept(ended(99, 1, Outcome.SERVED));
        assertThat(next.outcomesWaiting()).isEqualTo(7);
        finish(next, Duration.ofSeconds(10));

        assertThat(autoscaler.delivered()).containsExactly("1", "2", "3", "41", "40", "5", "99");
        List<JsonNode> records = new ArrayList<>();
        autoscaler.deliveries.forEach(delivery -> delivery.get("requests").forEach(records::add));
        assertThat(records.get(4).toString())
                .isEqualTo(
                        "{\"request_idx\":40,\"success\":false,\"status\":\"Error\",\"entered_queue_at\":1.7954352E9,"
                                + "\"work_started_at\":0.0,\"work_completed_at\":1.7954352E9}");
        assertThat(records.get(5).get("status").asText()).isEqualTo("Error");
        assertThat(records.get(5).get("work_started_at").asDouble()).isEqualTo(1_795_435_200.0);
    }

    @Test
    void owesNothingMoreOnceAllIsDelivered() {
        var plane = plane(journal, DeleteFormat.RECORDS);
        plane.events().accept(admitted(1, 1));
        plane.events().accept(ended(1, 1, Outcome.SERVED));
        plane.events().accept(ended(2, 2, Outcome.REJECTED));

        finish(plane, Duration.ofSeconds(10));

        var left = journal.restarted().recovered();
        assertThat(left.outcomes()).isEmpty();
        assertThat(left.open()).isEmpty();
    }

    @Test
    void owesWhatThePlatformDidNotTakeUntilItDoes() {
        autoscaler.status = 500;
        var plane = plane(journal, DeleteFormat.RECORDS);
        plane.events().accept(ended(1, 1, Outcome.SERVED));
        finish(plane, Duration.ofMillis(500));
        InMemoryOutcomeJournal second = journal.restarted();
        finish(plane(second, DeleteFormat.RECORDS), Duration.ofMillis(500));
        assertThat(autoscaler.deliveries).isEmpty();

        autoscaler.status = 200;
        finish(plane(second.restarted(), DeleteFormat.RECORDS), Duration.ofSeconds(10));

        assertThat(autoscaler.delivered()).containsExactly("1");
    }

    @Test
    void countsWhatItCannotReadAnyMore() {
        journal.ended(1, "not ours");
        journal.admitted(2, "neither");
        InMemoryOutcomeJournal next = journal.restarted();

        var plane = plane(next, DeleteFormat.RECORDS);

        assertThat(plane.status().outcomesDropped()).isEqualTo(2);
        assertThat(plane.outcomesWaiting()).isZero();
        assertThat(next.restarted().recovered().outcomes()).isEmpty();
        assertThat(next.restarted().recovered().open()).isEmpty();
    }

    @Test
    void keepsAnInventedRequestIdxInOneLine() {
        String body = Samples.body(1, "\"s\"").replace("\"request_idx\": 1", "\"request_idx\": \"a \\n b é\"");
        PlatformReference invented =
                Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false)).reference();
        var killed = plane(journal, DeleteFormat.RECORDS);
        killed.events().accept(Samples.ended(1, Optional.of(invented), Outcome.SERVED, new Times(NOW, NOW, NOW)));

        var left = journal.restarted().recovered().outcomes();

        assertThat(left)
                .singleElement()
                .satisfies(kept -> assertThat(kept.text()).doesNotContain("\n"));
        assertThat(RequestOutcome.parse(left.getFirst().text()).orElseThrow().requestIdx())
                .isEqualTo("\"a \\n b é\"");
    }

    private VastControlPlane plane(OutcomeJournal ofThis, DeleteFormat format) {
        var time = new Timekeeper(() -> NOW, InstantSource.fixed(NOON), Pace.PLATFORM);
        var plane = new VastControlPlane(Samples.settings(format, autoscaler.address()), ofThis, time);
        opened.add(plane);
        return plane;
    }

    // Started only now, so that all goes in one batch.
    private static void finish(VastControlPlane plane, Duration limit) {
        plane.start(new FakeWorker());
        plane.finish(limit);
    }

    private List<String> deliveries() {
        return autoscaler.bodies.stream()
                .filter(body -> body.startsWith("{\"worker_id\""))
                .toList();
    }

    private static WorkerEvent admitted(long number, long requestIdx) {
        return new WorkerEvent.RequestAdmitted(
                new RequestId(number), Optional.of(Samples.envelope(requestIdx).reference()), "/x", 1, false, NOW);
    }

    private static WorkerEvent ended(long requestIdx, Outcome outcome) {
        return ended(requestIdx, requestIdx, outcome);
    }

    private static WorkerEvent ended(long requestIdx, long number, Outcome outcome) {
        return Samples.ended(
                number, Optional.of(Samples.envelope(requestIdx).reference()), outcome, new Times(NOW, NOW, NOW));
    }

    private static WorkerEvent sessionOpened(long number) {
        return new WorkerEvent.SessionOpened(new RequestId(number), Sessions.view("{}"), NOW);
    }

    private static WorkerEvent sessionClosed(long number) {
        return new WorkerEvent.SessionClosed(
                new RequestId(number), Sessions.view("{}"), "ended", "", NOW, NOW + 9 * SECOND + SECOND / 2);
    }

    private static PlatformReference session() {
        return Sessions.order(Sessions.create("{}")).reference();
    }
}
