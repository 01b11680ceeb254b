package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    @Test
    void medianIsTheMiddleOfAnOddNumberOfValues() {
        assertThat(Distribution.of(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    }

    @Test
    void medianLiesHalfwayBetweenTheTwoMiddleValues() {
        assertThat(Distribution.of(List.of(1.0, 10.0, 4.0, 2.0)).median()).isEqualTo(3);
    }

    @Test
    void percentilesInterpolateBetweenNeighbours() {
        var values = Distribution.of(List.of(10.0, 20.0, 30.0, 40.0, 50.0));

        assertThat(values.percentile(0)).isEqualTo(10);
        assertThat(values.percentile(25)).isEqualTo(20);
        assertThat(values.percentile(90)).isCloseTo(46, within(1e-9));
        assertThat(values.percentile(100)).isEqualTo(50);
    }

    @Test
    void spreadIsTheWidthInMedians() {
        assertThat(Distribution.of(List.of(95.0, 100.0, 110.0)).spread()).isCloseTo(0.15, within(1e-9));
        assertThat(Distribution.of(List.of(7.0)).spread()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoThroughput(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.of(List.of(1.0, value)))
                .withMessageContaining("finite and more than 0");
    }

    @Test
    void refusesToDescribeNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(List.of()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void refusesPercentilesThatDoNotExist(double percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distribution.of(List.of(1.0)).percentile(percent));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dray.domain.rig.Seeds#all")
    void percentilesNeverFallAndStayWithinTheValues(long seed) {
        var random = new SplittableRandom(seed);
        var values = DoubleStream.generate(() -> Math.exp(random.nextDouble(-300, 300)))
                .limit(random.nextInt(1, 40))
                .boxed()
                .toList();
        var distribution = Distribution.of(values);

        double last = distribution.min();
        for (double percent = 0; percent <= 100; percent += 0.5) {
            double here = distribution.percentile(percent);
            assertThat(here).isBetween(last, distribution.max());
            last = here;
        }
        assertThat(distribution.median()).isBetween(distribution.min(), distribution.max());
        assertThat(distribution.spread()).isNotNegative();
    }
}
