package dev.dray.plugin.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            paylod.a | 0 | undeclared reference to 'paylod'; expected the variable 'payload'
            1 + sise(payload.a) | 4 | undeclared reference to 'sise'
            '😀' + nope | 6 | undeclared reference to 'nope'
            1 + 'a' | 2 | found no matching overload for '_+_' applied to '(int, string)'
            payload.a[ | 10 | mismatched input '<EOF>'
            payload.a.sze() | 10 | undeclared reference to 'sze'
            random_int(1, 2) | 0 | undeclared reference to 'random_int'
            [payload.a] | 0 | found an expression of type list; expected a number
            {'a': 1} | 0 | found an expression of type map; expected a number
            null | 0 | found an expression of type null_type; expected a number
            """)
    void aWorkloadIsToldWithItsPlace(String expression, int offset, String message) {
        assertThat(Overlaid.workload(expression).mistakes())
                .first()
                .asString()
                .startsWith("/workload " + offset + " " + message);
    }

    @Test
    void allMistakesOfAnEntryAreToldAtOnce() {
        assertThat(Overlaid.with("{\"workload\": \"a +\\n  b\", \"request\": \"payload.x + 1\"}")
                        .mistakes())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("/workload 0 undeclared reference to 'a'"),
                        second -> assertThat(second).startsWith("/workload 6 undeclared reference to 'b'"),
                        third -> assertThat(third)
                                .startsWith("/request 0 found an expression of type int; expected an object"));
    }

    @Test
    void aRequestNeedsNamesThatAreTexts() {
        assertThat(Overlaid.request("{1: 2}").mistakes())
                .singleElement()
                .asString()
                .contains("expected an object");
        assertThat(Overlaid.request("{}").mistakes()).isEmpty();
    }
}
