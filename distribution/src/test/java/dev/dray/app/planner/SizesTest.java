package dev.dray.app.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(strings = {"128", "fixed:3.5", "exponential:40", "lognormal:40,0.5", "list:10,20,60"})
    void haveTheMomentsTheyClaim(String text) {
        Sizes sizes = Sizes.parse(text).orElseThrow();
        var random = new SplittableRandom(1);
        double[] draws =
                IntStream.range(0, DRAWS).mapToDouble(_ -> sizes.next(random)).toArray();

        double mean =
                IntStream.range(0, DRAWS).mapToDouble(i -> draws[i]).average().orElseThrow();
        double meanSquare = IntStream.range(0, DRAWS)
                .mapToDouble(i -> draws[i] * draws[i])
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(sizes.mean(), within(0.02 * sizes.mean()));
        assertThat(meanSquare).isCloseTo(sizes.meanSquare(), within(0.05 * sizes.meanSquare()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many",
                "fixed:",
                "fixed:1,2",
                "exponential:0",
                "lognormal:5",
                "list:",
                "list:1,,2",
                "list:-1",
                "normal:3",
                "NaN",
                "1e999"
            })
    void anythingElseIsRefused(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
