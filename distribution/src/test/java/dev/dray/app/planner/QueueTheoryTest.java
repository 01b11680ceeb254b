package dev.dray.app.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QueueTheoryTest {
    @Test
    void oneServerMakesAsManyWaitAsItIsBusy() {
        assertThat(QueueTheory.erlangC(0.7, 1)).isCloseTo(0.7, within(1e-12));
        assertThat(QueueTheory.erlangWait(7, 10, 1)).isCloseTo(0.7 / 3, within(1e-12));
    }

    @Test
    void twoServersAtHalfLoadMakeAThirdWait() {
        // C(2, 1) = B / (1 - (1 - B) / 2) with B = (1/2) / (1 + 1 + 1/2) = 1/5.
        assertThat(QueueTheory.erlangC(1, 2)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void equalServiceTimesHalveTheWait() {
        double exponential = QueueTheory.pollaczekKhinchineWait(0.8, 1, 2);
        double equal = QueueTheory.pollaczekKhinchineWait(0.8, 1, 1);

        assertThat(exponential).isCloseTo(QueueTheory.erlangWait(0.8, 1, 1), within(1e-12));
        assertThat(equal).isCloseTo(exponential / 2, within(1e-12));
    }

    @Test
    void moreThanCanBeServedWaitsForEver() {
        assertThat(QueueTheory.erlangWait(20, 10, 2)).isInfinite();
        assertThat(QueueTheory.pollaczekKhinchineWait(1, 1, 1)).isInfinite();
    }

    @Test
    void manyServersDoNotOverflow() {
        assertThat(QueueTheory.erlangC(950, 1_000)).isBetween(0.0, 0.2);
    }
}
