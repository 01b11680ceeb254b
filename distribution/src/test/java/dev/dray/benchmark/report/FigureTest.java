package dev.dray.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theMedianIsTheMiddleRoundOrBetweenTheTwo() {
        assertThat(Figure.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
        assertThat(Figure.of(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
        assertThat(Figure.of(List.of(9.0, 1.0, 2.0)).least()).isEqualTo(1.0);
        assertThat(Figure.of(List.of(9.0, 1.0, 2.0)).most()).isEqualTo(9.0);
    }

    @Test
    void aRatioComparesEachRoundWithTheSameRoundOfTheOther() {
        // given a machine that is ten times as slow in the second round, and half as fast in the third
        Figure worker = Figure.of(List.of(50.0, 5.0, 25.0));
        Figure nginx = Figure.of(List.of(100.0, 10.0, 50.0));

        assertThat(worker.over(nginx).median()).isEqualTo(0.5);
        assertThat(nginx.above(worker).median()).isEqualTo(25.0);
    }

    @Test
    void growthIsTheExponentOfThePowerLaw() {
        List<Double> sizes = List.of(1.0, 10.0, 100.0, 1000.0);

        assertThat(Growth.of(sizes, List.of(5.0, 5.0, 5.0, 5.0)).exponent()).isEqualTo(0, within(1e-9));
        assertThat(Growth.of(sizes, List.of(2.0, 20.0, 200.0, 2000.0)).exponent())
                .isEqualTo(1, within(1e-9));
        assertThat(Growth.of(sizes, List.of(1.0, 100.0, 10_000.0, 1_000_000.0)).isAtMostLinear())
                .isFalse();
        assertThat(Growth.of(sizes, List.of(2.0, 20.0, 200.0, 2000.0)).verdict())
                .isEqualTo("grows, at most linearly (exponent 1.00)");
    }

    @Test
    void aLineFitsItsPoints() {
        Line line = Line.through(List.of(0.0, 1.0, 2.0), List.of(3.0, 5.0, 7.0));

        assertThat(line).isEqualTo(new Line(2, 3));
    }
}
