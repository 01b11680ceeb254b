package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void holdsALimitedNumberAndNeverLosesTheLongest() {
        var samples = new Samples();
        int many = 3 * Samples.LIMIT;
        for (int i = 1; i <= many; i++) {
            samples.add(i == 2 ? 10L * many : i);
        }

        Distribution all = samples.distribution().orElseThrow();

        assertThat(all.size()).isBetween(Samples.LIMIT / 2, Samples.LIMIT);
        assertThat(all.max()).isEqualTo(10.0 * many);
        assertThat(all.median()).isCloseTo(many / 2.0, within(0.01 * many));
    }

    @Test
    void nothingHasNoDistribution() {
        assertThat(new Samples().distribution()).isEmpty();
    }

    @Test
    void takesOverWhatOthersHaveKept() {
        var one = new Samples();
        one.add(5);
        var all = new Samples();
        all.add(1);
        all.addAll(one);

        assertThat(all.distribution().orElseThrow().max()).isEqualTo(5);
        assertThat(all.distribution().orElseThrow().size()).isEqualTo(2);
    }
}
