package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.controlplanevast.OutcomeQueue.Batch;
import dev.dray.adapter.controlplanevast.RequestOutcome.Result;
import dev.dray.adapter.inmemory.InMemoryOutcomeJournal;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeQueueTest {
    private final InMemoryOutcomeJournal journal = new InMemoryOutcomeJournal(InstantSource.system());
    private final OutcomeQueue queue = new OutcomeQueue(4, journal);

    private long added;

    @Test
    void handsOutTheOldestInOrder() {
        add("1", "2", "3");

        assertThat(names(queue.head(2))).containsExactly("1", "2");
        assertThat(names(queue.head(9))).containsExactly("1", "2", "3");
    }

    @Test
    void keepsABatchUntilItIsRemoved() {
        add("1", "2", "3");
        Batch batch = queue.head(2);
        add("4");

        queue.remove(batch);

        assertThat(names(queue.head(9))).containsExactly("3", "4");
    }

    @Test
    void dropsTheOldestAndCountsThem() {
        add("1", "2", "3", "4", "5", "6");

        assertThat(names(queue.head(9))).containsExactly("3", "4", "5", "6");
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void removesNoNewerOnesInPlaceOfThoseDroppedMeanwhile() {
        add("1", "2", "3", "4");
        Batch inTheAir = queue.head(2);
        add("5", "6", "7");

        queue.remove(inTheAir);

        assertThat(names(queue.head(9))).containsExactly("4", "5", "6", "7");
    }

    @Test
    void neverMixesInventedRequestsWithGenuineOnes() {
        add("1", "2", "\"x\"", "3");

        Batch first = queue.head(9);
        queue.remove(first);
        Batch second = queue.head(9);
        queue.remove(second);

        assertThat(names(first)).containsExactly("1", "2");
        assertThat(first.isGenuine()).isTrue();
        assertThat(names(second)).containsExactly("\"x\"");
        assertThat(second.isGenuine()).isFalse();
        assertThat(names(queue.head(9))).containsExactly("3");
    }

    @Test
    void keepsInTheJournalExactlyWhatItHolds() {
        add("1", "2", "3", "4", "5");
        queue.remove(queue.head(2));

        assertThat(journal.restarted().recovered().outcomes())
                .extracting(kept -> kept.text())
                .containsExactly("SUCCESS 1 2 3 4", "SUCCESS 1 2 3 5");
    }

    @Test
    void partsABatchBySuccess() {
        queue.add(1, new RequestOutcome("1", true, Result.SUCCESS, 1, 2, 3));
        queue.add(2, new RequestOutcome("2", true, Result.REJECTED, 1, 0, 0));
        queue.add(3, new RequestOutcome("3", true, Result.CANCELLED, 1, 2, 0));
        Batch batch = queue.head(9);

        assertThat(names(batch.having(true))).containsExactly("1", "3");
        assertThat(names(batch.having(false))).containsExactly("2");

        queue.remove(batch.having(true));
        assertThat(names(queue.head(9))).containsExactly("2");
    }

    private void add(String... requestIdxs) {
        for (String requestIdx : requestIdxs) {
            queue.add(++added, new RequestOutcome(requestIdx, !requestIdx.startsWith("\""), Result.SUCCESS, 1, 2, 3));
        }
    }

    private static List<String> names(Batch batch) {
        return batch.owed().stream().map(owed -> owed.outcome().requestIdx()).toList();
    }
}
