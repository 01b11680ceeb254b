package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                Optional.of(Samples.envelope(11)),
                outcome,
                ORIGIN,
                ORIGIN + 1_000_000_000L,
                // Past the overflow of the monotonic clock.
                ORIGIN + 2_000_000_000L);

        assertThat(printed(event)).isEqualTo("""
            {"request_idx": 11, "success": %s, "status": "%s", "entered_queue_at": 1795435200.25, \
            "work_started_at": %s, "work_completed_at": %s}\
            """.formatted(success, status, started, completed));
    }

    @Test
    void givesNoTimeOfWhatNeverHappened() {
        RequestEnded event = Samples.ended(Optional.of(Samples.envelope(11)), Outcome.CANCELLED, ORIGIN, 0, ORIGIN + 5);

        assertThat(printed(event)).contains("\"work_started_at\": 0.0, \"work_completed_at\": 0.0");
    }

    private String printed(RequestEnded event) {
        var request = event.request();
        var out = new StringBuilder();
        RequestOutcome.of((VastReference) request.reference().orElseThrow(), request, clock)
                .print(out);
        return out.toString();
    }
}
