package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 | 1.0",
                "1 | 1e0",
                "1 | true",
                "0 | false",
                "0 | -0",
                "0 | -0.0",
                "0 | 0e9",
                "100 | 1E+2",
                "0.1 | 0.10",
                "0.1 | 1e-1",
                "0.1 | 0.1000000000000000055511151231257827",
                "9007199254740992 | 9007199254740992.0",
                "9007199254740992 | 9007199254740993.0",
                "1e400 | Infinity",
                "10000000000000000303786028427003666890752 | 1e40",
                "{\"a\": 1, \"b\": 2} | {\"b\":2,\"a\":1.0}",
                "{\"a\": 7, \"a\": 1} | {\"a\": 1}",
                "\"\\u00e9\\/\" | \"é/\"",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "[ 1, [ ] ] | [1,[]]"
            })
    void takesForOneWhatPythonDoes(String one, String other) {
        assertThat(text(one)).isEqualTo(text(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 | \"1\"",
                "1 | 2",
                "10000000000000000000000000000000000000000 | 1e40",
                "0 | null",
                "9007199254740993 | 9007199254740993.0",
                "9007199254740993 | 9007199254740992",
                "[1, 2] | [2, 1]",
                "[1, 2] | [[1], 2]",
                "[] | {}",
                "{\"a\": 1} | {\"a\": 1, \"b\": null}",
                "{\"a\": {\"b\": 1}} | {\"a\": {}, \"b\": 1}",
                "[\"a\", \"b\"] | [\"a,b\"]",
                "[\"a\\\",\\\"b\"] | [\"a\", \"b\"]",
                "\"null\" | null",
                "\"\\ud800\" | \"?\"",
                "1e-400 | 1e-300"
            })
    void keepsApartWhatPythonDoes(String one, String other) {
        assertThat(text(one)).isNotEqualTo(text(other));
    }

    @Test
    void readsAnIntegerOfAnyLengthInNoTime() {
        String digits = "9".repeat(60_000);

        assertThat(text(digits)).isEqualTo(digits);
    }

    @Test
    void readsTheDeepestNesting() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);

        assertThat(text(deep)).hasSize(2_000 + 999);
    }

    private static String text(String json) {
        return new String(CanonicalJson.of(JsonValue.parse(Bytes.utf8(json))), StandardCharsets.US_ASCII);
    }
}
