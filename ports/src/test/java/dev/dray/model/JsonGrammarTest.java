package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What [JsonValue#parse(Bytes)] takes and refuses.
class JsonGrammarTest {
    @Nested
    class Grammar {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "true",
                    "false",
                    "0",
                    "-0",
                    "1",
                    "-1",
                    "10",
                    "0.5",
                    "1.25e3",
                    "1E+5",
                    "1e-5",
                    "0e0",
                    "-0.0",
                    "123456789012345678901234567890",
                    "1e400",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "\"\"",
                    "\"a\"",
                    "[]",
                    "{}",
                    "[ ]",
                    "{ }",
                    "[1,2]",
                    "[ 1 , 2 ]",
                    "{\"a\":1}",
                    "{ \"a\" : 1 , \"b\" : [ { } ] }",
                    " \t\r\n1 \t\r\n",
                    "{\"\":0}",
                    "{\"a\":1,\"a\":2}",
                    "\"/\\/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\uFFff\"",
                    "\"\u007f\u00e9\u20ac\ud83d\ude00\"",
                    "\"\\ud800\"",
                    "[[[[1]]]]",
                    "[NaN,-Infinity]"
                })
        void accepts(String json) {
            assertThat(parse(json).source().utf8Text()).isEqualTo(json.strip());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "nul",
                    "nulll",
                    "True",
                    "tru",
                    "falsey",
                    "01",
                    "-",
                    "+1",
                    ".5",
                    "1.",
                    "1.e5",
                    "1e",
                    "1e+",
                    "0x10",
                    "1_000",
                    "--1",
                    "-NaN",
                    "+Infinity",
                    "Inf",
                    "-Infinit",
                    "nan",
                    "[",
                    "]",
                    "[1",
                    "[1,]",
                    "[,1]",
                    "[1,,2]",
                    "[1 2]",
                    "{",
                    "}",
                    "{\"a\"}",
                    "{\"a\":}",
                    "{\"a\":1,}",
                    "{,}",
                    "{a:1}",
                    "{'a':1}",
                    "{1:1}",
                    "{\"a\" 1}",
                    "{\"a\":1 \"b\":2}",
                    "{\"a\"::1}",
                    "[1}",
                    "{\"a\":1]",
                    "\"",
                    "\"a",
                    "\"\\\"",
                    "\"\\x\"",
                    "\"\\u12\"",
                    "\"\\u12g4\"",
                    "\"\\u\"",
                    "\"a\nb\"",
                    "\"\t\"",
                    "\"\u0000\"",
                    "\"\u001f\"",
                    "'a'",
                    "1 2",
                    "{} {}",
                    "[]]",
                    "null,",
                    "//c\n1",
                    "/*c*/1",
                    "1//c",
                    "\u00a01",
                    "\ufeff1",
                    "\u000b1",
                    "\u0000",
                    "1\u0000",
                    "a",
                    "\u00e9",
                    "\"a\" \"b\""
                })
        void refuses(String json) {
            assertThatThrownBy(() -> parse(json)).isInstanceOf(InvalidJsonException.class);
        }

        @Test
        void refusesWhatStandsAtEveryPlaceOfALongString() {
            for (int place = 0; place < 40; place++) {
                for (char bad : new char[] {0, 0x1f, '\n'}) {
                    var text = new StringBuilder("x".repeat(40));
                    text.setCharAt(place, bad);
                    var thrown = catchThrowableOfType(InvalidJsonException.class, () -> parse("\"" + text + "\""));
                    assertThat(thrown.offset()).isEqualTo(place + 1);
                }
            }
        }

        @Test
        void findsTheEndOfStringsOfEveryLengthWithEscapesAtEveryPlace() {
            for (int length = 0; length < 40; length++) {
                String plain = "~".repeat(length);
                assertThat(first("[\"" + plain + "\",1]")).isEqualTo(plain);
                assertThat(first("[\"" + plain + "\\\"\\\\" + plain + "\",1]")).isEqualTo(plain + "\"\\" + plain);
                assertThat(first("[\"" + plain + "é" + plain + "€\",1]")).isEqualTo(plain + "é" + plain + "€");
            }
        }

        private String first(String array) {
            return parse(array).at("/0").flatMap(JsonValue::text).orElseThrow();
        }

        @Test
        void readsAThousandLevelsAndRefusesOneMore() {
            assertThat(parse("[".repeat(1_000) + "]".repeat(1_000))).isInstanceOf(JsonArray.class);
            assertThat(parse("{\"a\":".repeat(999) + "[]" + "}".repeat(999))).isInstanceOf(JsonObject.class);
            assertThatThrownBy(() -> parse("[".repeat(1_001) + "]".repeat(1_001)))
                    .hasMessageContaining("at byte 1000")
                    .hasMessageContaining("1000 levels");
            assertThatThrownBy(() -> parse("[".repeat(1_000_000))).isInstanceOf(InvalidJsonException.class);
        }

        @Test
        void siblingsDoNotCountAsDepth() {
            assertThat(parse("[" + "[],".repeat(5_000) + "{}]")).isInstanceOf(JsonArray.class);
        }
    }

    @Nested
    class Utf8Text {
        @ParameterizedTest
        @ValueSource(strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf", "7f"})
        void acceptsTheEdgesOfEveryLength(String hex) {
            assertThat(parse(quoted(hex))).isInstanceOf(JsonString.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "bf",
                    "c0af",
                    "c1bf",
                    "c2",
                    "c241",
                    "e09fbf",
                    "e0a0",
                    "eda080",
                    "edbfbf",
                    "e28228",
                    "f08fbfbf",
                    "f4908080",
                    "f5808080",
                    "f09f98",
                    "f09f9841",
                    "ff",
                    "fe",
                    "c3c3a9",
                    "e282ace2"
                })
        void refusesWhatIsNotUtf8(String hex) {
            assertThatThrownBy(() -> parse(quoted(hex)))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessageContaining("UTF-8");
        }

        @Test
        void namesTheByteWhereABrokenCharacterStarts() {
            Bytes text = quoted("6161c3a9" + "e28228");

            var thrown = catchThrowableOfType(InvalidJsonException.class, () -> JsonValue.parse(text));

            assertThat(thrown.offset()).isEqualTo(5);
        }

        private JsonValue parse(Bytes text) {
            return JsonValue.parse(text);
        }

        private static Bytes quoted(String hex) {
            return Bytes.of(HexFormat.of().parseHex("22" + hex + "22"));
        }
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "{\"a\": 1, }|9|a member name in double quotes, found byte 0x7d",
                    "[1 2]|3|',' or ']', found byte 0x32",
                    "[1|2|',' or ']', found the end of the text",
                    "{\"a\" 1}|5|':', found byte 0x31",
                    "tru|3|'true', found the end of the text",
                    "\"a|2|at the end of a string, found the end of the text",
                    "\"\\q\"|2|one of",
                    "1 x|2|the end of the text, found byte 0x78"
                })
        void tellByteAndExpectation(String json, int offset, String message) {
            var thrown = catchThrowableOfType(InvalidJsonException.class, () -> parse(json));

            assertThat(thrown.offset()).isEqualTo(offset);
            assertThat(thrown).hasMessageContaining("at byte " + offset).hasMessageContaining(message);
        }

        @Test
        void countFromTheStartOfTheRangeNotOfTheArray() {
            Bytes array = Bytes.utf8("#####[1,]#####");

            var thrown = catchThrowableOfType(InvalidJsonException.class, () -> JsonValue.parse(array.slice(5, 4)));

            assertThat(thrown.offset()).isEqualTo(3);
        }

        @Test
        void neverLookBehindTheRange() {
            Bytes array = Bytes.utf8("[\"aaaaaaaaaaaa\"]\"]");

            for (int length = 1; length < 16; length++) {
                Bytes part = array.slice(0, length);
                assertThatThrownBy(() -> JsonValue.parse(part)).isInstanceOf(InvalidJsonException.class);
            }
            assertThat(JsonValue.parse(array.slice(0, 16)).source()).isEqualTo(array.slice(0, 16));
        }
    }

    private static JsonValue parse(String json) {
        return JsonValue.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)));
    }
}
