package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenPriceTest {
    @ParameterizedTest(name = "max_tokens {0} costs {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0            | 0
            1            | 1
            500          | 500
            500.5        | 500.5
            1e3          | 1000
            1e308        | 1e308
            "128"        | 128
            " 128 "      | 128
            "1e3"        | 1000
            "12.5"       | 12.5
            true         | 1
            false        | 0
            null         | 0
            """)
    void countsTokens(String maxTokens, double workload) {
        assertThat(price("{\"max_tokens\": " + maxTokens + "}")).isEqualTo(workload);
    }

    @ParameterizedTest(name = "max_tokens {0} cannot be priced")
    @ValueSource(
            strings = {
                "-1",
                "\"-1\"",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                "\"1e400\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"\"",
                "\" \"",
                "\"many\"",
                "\"512d\"",
                "\"0x10\"",
                "\"\u0661\u0662\"",
                "\"\ud83d\ude00\"",
                "[]",
                "[500]",
                "{}",
                "{\"value\": 500}"
            })
    void takesThePlatformsPriceForWhatIsNoNumber(String maxTokens) {
        assertThat(price("{\"max_tokens\": " + maxTokens + "}")).isEqualTo(100);
    }

    @Test
    void takesThePlatformsPriceForANumberOfFourHundredDigits() {
        assertThat(price("{\"max_tokens\": " + "9".repeat(400) + "}")).isEqualTo(100);
    }

    @ParameterizedTest(name = "{0} costs nothing")
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt\": \"hello\"}",
                "{\"max_completion_tokens\": 500}",
                "{\"MAX_TOKENS\": 500}",
                "{\"options\": {\"max_tokens\": 500}}",
                "{\"max_tokens\": 500, \"max_tokens\": null}"
            })
    void countsAMissingLimitAsNothing(String content) {
        assertThat(price(content)).isZero();
    }

    @Test
    void readsTheLastOfTwoAsModelServersDo() {
        assertThat(price("{\"max_tokens\": 1, \"max_tokens\": 2}")).isEqualTo(2);
    }

    @Test
    void readsAnEscapedName() {
        assertThat(price("{\"max\\u005ftokens\": 7}")).isEqualTo(7);
    }

    private static double price(String content) {
        return TokenPrice.of((JsonObject) RequestPayload.of(content).value());
    }
}
