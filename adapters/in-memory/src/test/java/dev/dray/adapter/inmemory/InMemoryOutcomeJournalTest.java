package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.testing.OutcomeJournalContract;
import org.junit.jupiter.api.Test;

class InMemoryOutcomeJournalTest extends OutcomeJournalContract {
    private InMemoryOutcomeJournal latest = new InMemoryOutcomeJournal(CLOCK);

    @Override
    protected OutcomeJournal open() {
        latest = latest.restarted();
        return latest;
    }

    @Test
    void playsAProcessThatWasKilled() {
        var killed = new InMemoryOutcomeJournal(CLOCK);
        killed.ended(1, "owed");

        assertThat(texts(killed.restarted().recovered().outcomes())).containsExactly("owed");
    }
}
