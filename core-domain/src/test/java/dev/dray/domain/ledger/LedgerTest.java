package dev.dray.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.domain.workload.Workload;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void recordsTheTimesOfARequest() {
        var entry = new LedgerEntry(new RequestId(7), Correlation.NONE, "/path", 1);
        entry.priced(50);
        ledger.admitWaiting(entry, 2);
        ledger.start(entry);
        entry.started(3);
        entry.headArrived(4);
        ledger.end(entry, Outcome.SERVED, 5);

        var record = entry.toRecord(200, "");

        assertThat(List.of(
                        record.arrivedNanos(),
                        record.queuedNanos(),
                        record.startedNanos(),
                        record.headNanos(),
                        record.endedNanos()))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(record.outcome()).isEqualTo(Outcome.SERVED);
        assertThat(record.units()).isEqualTo(50);
    }

    @Test
    void refusesASecondOutcome() {
        LedgerEntry entry = running(10);
        ledger.end(entry, Outcome.SERVED, 5);

        assertThatThrownBy(() -> ledger.end(entry, Outcome.CANCELLED, 6)).hasMessageContaining("ENDED");
        assertThat(entry.toRecord(200, "").outcome()).isEqualTo(Outcome.SERVED);
        assertThat(ledger.workload().cancelled().requests()).isZero();
    }

    @Test
    void hasNoRecordOfARequestThatHasNotEnded() {
        LedgerEntry entry = running(10);

        assertThatThrownBy(() -> entry.toRecord(200, "")).hasMessageContaining("RUNNING");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"UNVERIFIED", "INVALID"})
    void refusesOutcomesThatNoAdmittedRequestCanHave(Outcome outcome) {
        LedgerEntry entry = running(10);

        assertThatThrownBy(() -> ledger.end(entry, outcome, 5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsShedRequestsAsRejectedLoadAndRefusedOnesNot() {
        LedgerEntry refused = entry(10);
        ledger.refuse(refused, Outcome.REJECTED, 1);
        LedgerEntry shed = entry(20);
        ledger.shed(shed, 1);

        assertThat(ledger.workload().shed().units()).isEqualTo(20);
        assertThat(ledger.workload().received().requests()).isZero();
        assertThat(ledger.requestsReceived()).isEqualTo(2);
    }

    @Test
    void admittedIsWhatEndedAndWhatIsInFlight() {
        var random = new SplittableRandom(4);
        Outcome[] ends = {
            Outcome.SERVED, Outcome.ERRORED, Outcome.CANCELLED, Outcome.EXPELLED, Outcome.REJECTED,
        };
        for (int i = 0; i < 1_000; i++) {
            LedgerEntry entry = entry(random.nextInt(100));
            if (random.nextBoolean()) {
                ledger.admitWaiting(entry, i);
            } else {
                ledger.admitRunning(entry, i);
            }
            if (random.nextInt(10) > 0) {
                ledger.end(entry, ends[random.nextInt(ends.length)], i);
            }
            Workload books = ledger.workload();
            assertThat(books.received().units())
                    .isEqualTo(books.served().units()
                            + books.errored().units()
                            + books.cancelled().units()
                            + books.expelled().units()
                            + books.abandoned().units()
                            + books.waiting().units()
                            + books.running().units());
        }
        assertThat(LongStream.of(
                                ledger.workload().waiting().requests(),
                                ledger.workload().running().requests())
                        .sum())
                .isPositive();
    }

    private LedgerEntry running(double units) {
        LedgerEntry entry = entry(units);
        ledger.admitRunning(entry, 2);
        return entry;
    }

    private static LedgerEntry entry(double units) {
        var entry = new LedgerEntry(new RequestId(1), Correlation.NONE, "/path", 1);
        entry.priced(units);
        return entry;
    }
}
