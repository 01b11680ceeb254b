package dev.dray.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be asked of a value that was parsed.
class JsonValueTest {
    @Nested
    class LookUps {
        private final JsonValue value = parse("""
            {"a": {"b": [10, {"c": "x"}, [true]]}, "": 7, "a/b": 1, "m~n": 2, "k": 1, "k": {"z": 3}, "k": "last",
             "\\u0061b": "escaped name", "é": "wide", "10": "ten"}\
            """);

        @ParameterizedTest
        @CsvSource(
                value = {
                    "/a/b/0|10",
                    "/a/b/1/c|\"x\"",
                    "/a/b/2/0|true",
                    "/|7",
                    "/a~1b|1",
                    "/m~0n|2",
                    "/k|\"last\"",
                    "/ab|\"escaped name\"",
                    "/é|\"wide\"",
                    "/10|\"ten\"",
                    "/a/b/2|[true]"
                },
                delimiter = '|')
        void followPointers(String pointer, String source) {
            assertThat(value.at(pointer).orElseThrow().source().utf8Text()).isEqualTo(source);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/x",
                    "/a/x",
                    "/a/b/3",
                    "/a/b/-",
                    "/a/b/-1",
                    "/a/b/01",
                    "/a/b/+1",
                    "/a/b/99999999999",
                    "/a/b/0/0",
                    "/k/z",
                    "//",
                    "/a/",
                    "/a/b/",
                    "/m~n~"
                })
        void findNothingWhereThereIsNothing(String pointer) {
            assertThat(value.at(pointer)).isEmpty();
        }

        @Test
        void takeTheEmptyPointerForTheValueItself() {
            assertThat(value.at("")).containsSame(value);
        }

        @Test
        void refuseAPointerThatIsNone() {
            assertThatThrownBy(() -> value.at("a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'a'");
        }

        @Test
        void unescapeTildesInTheRightOrder() {
            assertThat(parse("{\"~1\":1}").at("/~01")).isPresent();
        }

        @Test
        void visitMembersInTheOrderWrittenDoubledOnesIncluded() {
            var names = new ArrayList<String>();

            ((JsonObject) parse("{\"b\":1,\"a\":2,\"b\":3}")).forEach((name, member) -> names.add(name.value()));

            assertThat(names).containsExactly("b", "a", "b");
        }

        @Test
        void compareNamesWithAndWithoutEscapes() {
            assertThat(string("\"ab\"").is("ab")).isTrue();
            assertThat(string("\"\\u0061b\"").is("ab")).isTrue();
            assertThat(string("\"é\"").is("é")).isTrue();
            assertThat(string("\"ab\"").is("abc")).isFalse();
            assertThat(string("\"abc\"").is("ab")).isFalse();
            assertThat(string("\"\"").is("")).isTrue();
        }

        private JsonString string(String json) {
            return (JsonString) parse(json);
        }
    }

    @Nested
    class Values {
        @Test
        void resolveEscapes() {
            assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00x\"")
                            .text())
                    .contains("\"\\/\b\f\n\r\té😀x");
        }

        @Test
        void keepALoneSurrogate() {
            assertThat(parse("\"\\ud83dx\"").text()).contains("\ud83dx");
        }

        @ParameterizedTest
        @CsvSource({
            "1, 1",
            "-0.5, -0.5",
            "1e3, 1000",
            "NaN, NaN",
            "Infinity, Infinity",
            "-Infinity, -Infinity",
            "1e999, Infinity",
            "true, 1",
            "false, 0",
            "'\"12.5\"', 12.5",
            "'\" 7\\n\"', 7",
            "'\"-1e2\"', -100"
        })
        void readLenientNumbers(String json, double number) {
            assertThat(parse(json).numeric()).isEqualTo(OptionalDouble.of(number));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "[]",
                    "[1]",
                    "{}",
                    "\"\"",
                    "\" \"",
                    "\"x\"",
                    "\"1x\"",
                    "\"0x10\"",
                    "\"1d\"",
                    "\"NaN\"",
                    "\"+1\"",
                    "\"1,5\"",
                    "\"01\"",
                    "\"1 2\"",
                    "\"Infinity\""
                })
        void seeNoNumberInAnythingElse(String json) {
            assertThat(parse(json).numeric()).isEmpty();
        }

        @Test
        void takeNoNumberOutOfALongText() {
            assertThat(parse("\"" + "1".repeat(2_000) + "\"").numeric()).isEmpty();
        }

        @Test
        void keepTheBytesAsWritten() {
            var object = (JsonObject) parse(" {\"n\" : 1.50E+2 ,\"s\":\"\\u0041\"} ");

            assertThat(object.source().utf8Text()).isEqualTo("{\"n\" : 1.50E+2 ,\"s\":\"\\u0041\"}");
            assertThat(object.get("n")).get().isInstanceOf(JsonNumber.class);
            assertThat(object.get("n").orElseThrow().source().utf8Text()).isEqualTo("1.50E+2");
        }

        @Test
        void knowNull() {
            assertThat(parse("null").isNull()).isTrue();
            assertThat(parse("\"null\"").isNull()).isFalse();
        }

        @Test
        void readMegabytesOfText() {
            String base64 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=".repeat(20_000);

            assertThat(parse("{\"image\":\"" + base64 + "\",\"n\":1}")
                            .at("/image")
                            .flatMap(JsonValue::text))
                    .contains(base64);
        }
    }

    private static JsonValue parse(String json) {
        return JsonValue.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)));
    }
}
