package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dray.adapter.controlplanevast.HandPostedPlatform.Letter;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.WorkerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandPostedPlatformTest {
    private final ManualTicker ticker = new ManualTicker();
    private final FakeWorker worker = new FakeWorker();
    private final AtomicInteger rung = new AtomicInteger();
    private final HandPostedPlatform platform =
            new HandPostedPlatform(Samples.unsecured(), new InMemoryOutcomeJournal(ticker), ticker, ticker);

    @Test
    void onlyWhatWasAcknowledgedIsSubtracted() {
        platform.start(worker, rung::incrementAndGet);
        worker.load = FakeWorker.load(100, 0, 60, 0, List.of());
        platform.report().taken();
        worker.load = FakeWorker.load(150, 0, 90, 0, List.of());
        assertThat(platform.report().lost(Optional.empty())).isTrue();
        worker.load = FakeWorker.load(170, 0, 95, 0, List.of());

        assertThat(number(platform.report(), "/cur_perf")).isEqualTo(35);
    }

    @Test
    void reportsAreDueAsTheyAreInService() {
        platform.start(worker, rung::incrementAndGet);
        assertThat(platform.reportDue()).isNotPositive();
        platform.report().taken();
        assertThat(platform.reportDue()).isEqualTo(Duration.ofSeconds(10).toNanos());

        platform.events().accept(Samples.ended(1, Outcome.SERVED));

        assertThat(rung).as("for the report and for the outcome").hasValue(2);
        assertThat(platform.reportDue()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void onlyWhatThePlatformCanActOnIsReportedAtOnce() {
        platform.start(worker, rung::incrementAndGet);
        platform.report().taken();

        moved(ReadinessState.LOADING, ReadinessState.BENCHMARKING);
        moved(ReadinessState.BENCHMARKING, ReadinessState.VERIFYING);
        assertThat(platform.reportDue()).isEqualTo(Duration.ofSeconds(10).toNanos());

        moved(ReadinessState.VERIFYING, ReadinessState.READY);
        assertThat(platform.reportDue()).isEqualTo(Duration.ofMillis(50).toNanos());
        platform.report().taken();

        moved(ReadinessState.READY, ReadinessState.LOADING);
        assertThat(platform.reportDue()).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    private void moved(ReadinessState from, ReadinessState to) {
        platform.events()
                .accept(new WorkerEvent.ReadinessChanged(FakeWorker.readiness(from, ""), FakeWorker.readiness(to, "")));
    }

    @Test
    void outcomesStayUntilTheyAreAcknowledged() {
        platform.start(worker, rung::incrementAndGet);
        platform.events().accept(Samples.ended(1, Outcome.SERVED));

        Letter first = platform.outcomes().getFirst();
        assertThat(first.lost(Optional.of(503))).isFalse();
        assertThat(platform.outcomesWaiting()).isEqualTo(1);
        assertThat(platform.outcomes().getFirst().json()).isEqualTo(first.json());

        platform.outcomes().getFirst().taken();
        assertThat(platform.outcomesWaiting()).isZero();
    }

    @Test
    void aKeyIsNothingForIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HandPostedPlatform(
                        Samples.settings("http://127.0.0.1:1"), new InMemoryOutcomeJournal(ticker), ticker, ticker))
                .withMessageContaining("unsecured");
    }

    private static double number(Letter letter, String pointer) {
        return JsonValue.parse(Bytes.utf8(letter.json()))
                .at(pointer)
                .orElseThrow()
                .numeric()
                .orElseThrow();
    }
}
