package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTallyTest {
    private final ProbeTally tally = new ProbeTally(2, 3);

    @Test
    void badProbesCountOnlyInARow() {
        assertThat(tally.bad()).isFalse();
        assertThat(tally.good()).isFalse();
        assertThat(tally.bad()).isFalse();
        assertThat(tally.bad()).isTrue();
        assertThat(tally.bad()).isTrue();
    }

    @Test
    void goodProbesCountOnlyInARow() {
        assertThat(tally.good()).isFalse();
        assertThat(tally.good()).isFalse();
        assertThat(tally.bad()).isFalse();
        assertThat(tally.good()).isFalse();
        assertThat(tally.good()).isFalse();
        assertThat(tally.good()).isTrue();
    }

    @Test
    void resetForgets() {
        assertThat(tally.bad()).isFalse();
        tally.reset();
        assertThat(tally.bad()).isFalse();
    }
}
