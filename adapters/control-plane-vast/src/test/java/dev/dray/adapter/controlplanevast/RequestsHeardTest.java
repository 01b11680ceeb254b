package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.controlplanevast.Samples.Times;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.port.outbound.WorkerEvent;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsHeardTest {
    private final RequestsHeard heard = new RequestsHeard(3);

    @Test
    void countsARetryOnce() {
        rejected("7");
        admitted("7");
        admitted("8");

        assertThat(heard.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "1, 1e0", "-0, 0", "1, true", "NaN, NaN"})
    void countsEqualNumbersOnceHoweverTheyAreSpelled(String one, String other) {
        admitted(one);
        admitted(other);

        assertThat(heard.count()).isEqualTo(1);
    }

    @Test
    void countsASessionAsItsRequest() {
        // Its reqnum is 1234.
        heard.opened(new WorkerEvent.SessionOpened(new RequestId(1), Sessions.view("{}"), 1));
        admitted("1234");

        assertThat(heard.count()).isEqualTo(1);
    }

    @Test
    void countsNothingInsideSessionsOrUnverified() {
        heard.admitted(admission(Optional.empty()));
        heard.ended(record(Optional.empty(), Outcome.REJECTED));
        heard.ended(record(Optional.empty(), Outcome.UNVERIFIED));

        assertThat(heard.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"SERVED", "ERRORED", "CANCELLED", "EXPELLED"})
    void countsAtTheEndOnlyWhatWasRejected(Outcome outcome) {
        heard.ended(record(Optional.of(reference("7")), outcome));

        assertThat(heard.count()).isZero();
    }

    @Test
    void countsOnThoughItForgetsTheOldest() {
        LongStream.range(0, 10).forEach(reqnum -> admitted(Long.toString(reqnum)));
        assertThat(heard.count()).isEqualTo(10);

        admitted("7");
        assertThat(heard.count()).as("one of the last three").isEqualTo(10);

        admitted("0");
        assertThat(heard.count()).as("forgotten, so it counts again").isEqualTo(11);

        admitted("7");
        assertThat(heard.count()).as("came again, so it is not the oldest").isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"123456789012345678, -123456789012345678", "123456789012345678, 1234567890123456789", "1, 1.5"})
    void tellsNumbersApartThatLookAlike(String one, String other) {
        admitted(one);
        admitted(other);

        assertThat(heard.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void tellsLongNumbersApart(String last) {
        admitted("9".repeat(5_000) + "1");

        admitted("9".repeat(5_000) + last);

        assertThat(heard.count()).isEqualTo(Long.parseLong(last));
    }

    private void admitted(String reqnum) {
        heard.admitted(admission(Optional.of(reference(reqnum))));
    }

    private void rejected(String reqnum) {
        heard.ended(record(Optional.of(reference(reqnum)), Outcome.REJECTED));
    }

    private static WorkerEvent.RequestAdmitted admission(Optional<PlatformReference> reference) {
        return new WorkerEvent.RequestAdmitted(new RequestId(1), reference, "/v1/completions", 100, false, 1);
    }

    private static WorkerEvent.RequestRecord record(Optional<PlatformReference> reference, Outcome outcome) {
        return Samples.ended(1, reference, outcome, new Times(1, 2, 3)).request();
    }

    private static PlatformReference reference(String reqnum) {
        String body = Samples.body(1, "\"s\"").replace("\"reqnum\": 1234", "\"reqnum\": " + reqnum);
        return Samples.opened(EnvelopeReader.read(Bytes.utf8(body), false)).reference();
    }
}
