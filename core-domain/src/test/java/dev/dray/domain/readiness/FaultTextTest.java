package dev.dray.domain.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTextTest {
    @Test
    void isOneLineWithoutColoursAndControlCharacters() {
        assertThat(FaultText.of(" \u001B[31mERROR\u001B[0m\tno\r\n  memory\u0000 "))
                .isEqualTo("ERROR no memory");
    }

    @Test
    void isCutAtItsEnd() {
        assertThat(FaultText.of("x".repeat(600))).isEqualTo("x".repeat(499) + "…");
        assertThat(FaultText.of("x".repeat(500))).isEqualTo("x".repeat(500));
    }

    @Test
    void quotesTheLastFiveLinesThatAreNotBlank() {
        assertThat(FaultText.of("it ended", List.of("1", "2", "", "3", "4", " \t", "5", "6", "")))
                .isEqualTo("it ended; its last lines: 2 | 3 | 4 | 5 | 6");
    }

    @Test
    void saysNothingOfLinesWhereThereAreNone() {
        assertThat(FaultText.of("it ended", List.of("", "\u001B[0m"))).isEqualTo("it ended");
        assertThat(FaultText.of("it ended", List.of())).isEqualTo("it ended");
    }

    @Test
    void keepsTheEndOfLinesThatAreTooLong() {
        String text = FaultText.of("it ended", List.of("x".repeat(1_000), "CUDA out of memory"));

        assertThat(text).hasSize(FaultText.MOST_CHARS).startsWith("it ended; its last lines: …x");
        assertThat(text).endsWith("x | CUDA out of memory");
    }

    @Test
    void faultWithoutAMessageIsNamedByItsClass() {
        assertThat(FaultText.of(new IllegalStateException("no voice"))).isEqualTo("no voice");
        assertThat(FaultText.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
        assertThat(FaultText.of(new IllegalStateException(" "))).isEqualTo("java.lang.IllegalStateException");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dray.domain.rig.Seeds#all")
    void isShortAndWholeWhateverItIsMadeOf(long seed) {
        var random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            lines.add(text(random));
        }

        String told = FaultText.of(text(random), lines);

        assertThat(told.length()).isLessThanOrEqualTo(FaultText.MOST_CHARS);
        assertThat(told.codePoints()).noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
        assertThat(FaultText.of(told)).isEqualTo(told);
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(400); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? "🔑" : random.nextInt(20) == 0 ? "\n" : "x");
        }
        return text.toString();
    }
}
