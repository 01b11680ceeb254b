package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.OutcomeJournal.Kept;
import dev.dray.port.outbound.OutcomeJournal.Recovered;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [OutcomeJournal] promises.
public abstract class OutcomeJournalContract {
    /// The wall clock of every journal under test.
    protected static final Instant NOW = Instant.parse("2026-11-23T18:00:00.123Z");

    protected static final InstantSource CLOCK = InstantSource.fixed(NOW);

    /// The journal of the next process, over the same storage. The one before has been closed.
    protected abstract OutcomeJournal open();

    @Test
    void hasNothingAtFirst() {
        try (OutcomeJournal journal = open()) {
            assertThat(journal.recovered()).isEqualTo(new Recovered(List.of(), List.of(), 0));
        }
    }

    @Test
    void recoversOutcomesInTheOrderTheyEnded() {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "first in");
            journal.admitted(2, "second in");
            journal.ended(2, "second out");
            journal.ended(3, "never in");
            journal.ended(1, "first out");
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.outcomes())).containsExactly("second out", "never in", "first out");
        assertThat(recovered.open()).isEmpty();
        assertThat(recovered.unusable()).isZero();
    }

    @Test
    void recoversWhatWasStillOpen() {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "a");
            journal.admitted(2, "b");
            journal.admitted(3, "c");
            journal.ended(2, "b ended");
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.open())).containsExactly("a", "c");
        assertThat(texts(recovered.outcomes())).containsExactly("b ended");
    }

    @Test
    void forgetsWhatIsSettled() {
        try (OutcomeJournal journal = open()) {
            journal.admitted(1, "a");
            journal.ended(1, "a ended");
            journal.ended(2, "b ended");
            journal.flush();
            journal.settled(1);
            journal.settled(99);
        }

        assertThat(texts(recovered().outcomes())).containsExactly("b ended");
    }

    @Test
    void keepsTextsAndTimesAsTheyWere() {
        List<String> texts = List.of("", " ", "{\"a\": \"é 🔑 \\n\"}", "\t", "x".repeat(5_000));
        try (OutcomeJournal journal = open()) {
            IntStream.range(0, texts.size()).forEach(i -> journal.ended(i + 1, texts.get(i)));
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.outcomes())).isEqualTo(texts);
        assertThat(recovered.outcomes()).extracting(Kept::writtenAt).containsOnly(NOW);
    }

    @Test
    void keepsWhatIsRecoveredUntilItIsSettled() {
        try (OutcomeJournal journal = open()) {
            journal.ended(1, "old 1");
            journal.ended(2, "old 2");
            journal.admitted(3, "old open");
        }
        recovered();
        try (OutcomeJournal journal = open()) {
            Recovered recovered = journal.recovered();
            assertThat(texts(recovered.outcomes())).containsExactly("old 1", "old 2");
            journal.ended(1, "new 1");
            journal.settled(recovered.outcomes().getFirst().number());
            journal.ended(recovered.open().getFirst().number(), "old open ended");
        }

        Recovered recovered = recovered();

        assertThat(texts(recovered.outcomes())).containsExactly("old 2", "new 1", "old open ended");
        assertThat(recovered.open()).isEmpty();
    }

    @Test
    void givesWhatIsRecoveredNumbersBelowZero() {
        try (OutcomeJournal journal = open()) {
            LongStream.range(1, 10).forEach(number -> journal.ended(number, "o"));
            LongStream.range(10, 20).forEach(number -> journal.admitted(number, "a"));
        }

        Recovered recovered = recovered();

        var numbers = new ArrayList<Long>();
        recovered.outcomes().forEach(kept -> numbers.add(kept.number()));
        recovered.open().forEach(kept -> numbers.add(kept.number()));
        assertThat(numbers).hasSize(19).doesNotHaveDuplicates().allMatch(number -> number < 0);
    }

    @Test
    void dropsTheOldestWhereThereIsNoRoom() {
        try (OutcomeJournal journal = open()) {
            LongStream.rangeClosed(1, OutcomeJournal.MAX_KEPT + 2L)
                    .forEach(number -> journal.ended(number, Long.toString(number)));
        }

        List<Kept> outcomes = recovered().outcomes();

        assertThat(outcomes).hasSize(OutcomeJournal.MAX_KEPT);
        assertThat(outcomes.getFirst().text()).isEqualTo("3");
    }

    @Test
    void doesNothingOnceClosed() {
        OutcomeJournal journal = open();
        journal.ended(1, "in time");
        journal.close();

        assertThatCode(() -> {
                    journal.admitted(2, "late");
                    journal.ended(3, "late");
                    journal.settled(1);
                    journal.flush();
                    journal.close();
                })
                .doesNotThrowAnyException();
        assertThat(texts(recovered().outcomes())).containsExactly("in time");
    }

    @Test
    void losesNothingThatManyThreadsWriteAtOnce() throws InterruptedException {
        try (OutcomeJournal journal = open()) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(thread -> Thread.ofVirtual().start(() -> write(journal, thread * 1_000L)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        Recovered recovered = recovered();

        assertThat(recovered.outcomes())
                .hasSize(8 * 200)
                .allMatch(kept -> kept.text().endsWith("1"));
        assertThat(recovered.open())
                .hasSize(8 * 200)
                .allMatch(kept -> kept.text().endsWith("2"));
    }

    // A third each: settled, owed, open.
    private static void write(OutcomeJournal journal, long from) {
        for (int i = 0; i < 600; i++) {
            long number = from + i + 1;
            int fate = i % 3;
            journal.admitted(number, number + " admitted " + fate);
            if (fate < 2) {
                journal.ended(number, number + " ended " + fate);
            }
            if (fate == 0) {
                journal.settled(number);
            }
            if (i % 100 == 0) {
                journal.flush();
            }
        }
    }

    /// What the next process finds; it leaves all as it is.
    protected final Recovered recovered() {
        try (OutcomeJournal journal = open()) {
            return journal.recovered();
        }
    }

    protected static List<String> texts(List<Kept> kept) {
        return kept.stream().map(Kept::text).toList();
    }
}
