package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.controlplanevast.Samples.Times;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOutcomeTest {
    // Computed, so that javac does not see the overflow that is wanted.
    private static final long ORIGIN = Long.parseLong("9223372036854775807") - 1_500_000_000L;

    private final EpochClock clock =
            new EpochClock(() -> ORIGIN, InstantSource.fixed(Instant.parse("2026-11-23T12:00:00.250Z")));

    @ParameterizedTest
    @CsvSource({
        "SERVED, Success, true, 1795435201.25, 1795435202.25",
        "ERRORED, Error, false, 1795435201.25, 1795435202.25",
        "CANCELLED, Cancelled, true, 1795435201.25, 0.0",
        "REJECTED, Rejected, false, 0.0, 0.0",
        "EXPELLED, Rejected, false, 0.0, 0.0"
    })
    void saysItInThePlatformsWords(Outcome outcome, String status, boolean success, String started, String completed) {
        RequestEnded event = Samples.ended(
                1,
                Optional.of(Samples.envelope(11).reference()),
                outcome,
                // The last one is past the overflow of the monotonic clock.
                new Times(ORIGIN, ORIGIN + 1_000_000_000L, ORIGIN + 2_000_000_000L));

        assertThat(printed(event)).isEqualTo("""
            {"request_idx": 11, "success": %s, "status": "%s", "entered_queue_at": 1795435200.25, \
            "work_started_at": %s, "work_completed_at": %s}\
            """.formatted(success, status, started, completed));
    }

    @Test
    void givesNoTimeOfWhatNeverHappened() {
        RequestEnded event = Samples.ended(
                1, Optional.of(Samples.envelope(11).reference()), Outcome.CANCELLED, new Times(ORIGIN, 0, ORIGIN + 5));

        assertThat(printed(event)).contains("\"work_started_at\": 0.0, \"work_completed_at\": 0.0");
    }

    @Test
    void saysThatARefusedSessionHadStarted() {
        RequestEnded event = Samples.ended(
                1,
                Optional.of(Sessions.order(Sessions.create("{}")).reference()),
                Outcome.REJECTED,
                new Times(ORIGIN, 0, ORIGIN + 5));

        assertThat(printed(event)).isEqualTo("""
            {"request_idx": 5, "success": false, "status": "Rejected", "entered_queue_at": 1795435200.25, \
            "work_started_at": 1795435200.25, "work_completed_at": 0.0}\
            """);
    }

    @Test
    void isNoneWhereThePlatformIsOwedNone() {
        RequestEnded event = Samples.ended(1, Optional.empty(), Outcome.SERVED, new Times(ORIGIN, ORIGIN, ORIGIN));

        assertThat(RequestOutcome.of(event.request(), clock)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SUCCESS", "SUCCESS 1 2 3", "success 1 2 3 4", "SUCCESS 1 x 3 4", "1 2 3"})
    void readsNothingElseFromAJournal(String text) {
        assertThat(RequestOutcome.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 2", "x 2 3", "SUCCESS 1 2 3 4"})
    void readsNoOtherAdmissionFromAJournal(String text) {
        assertThat(Admission.parse(text)).isEmpty();
    }

    private String printed(RequestEnded event) {
        RequestOutcome outcome = RequestOutcome.of(event.request(), clock).orElseThrow();
        var out = new StringBuilder();
        // By way of the journal: nothing may be lost in it.
        RequestOutcome.parse(outcome.text()).orElseThrow().print(out);
        return out.toString();
    }
}
