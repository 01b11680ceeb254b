package dev.dray.plugin.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static Overlaid template(String json) {
        return Overlaid.with("{\"benchmark\": {\"template\": " + json + "}}");
    }

    @Test
    void fillsInWhatStandsInBraces() {
        Overlaid overlaid = template("""
                {"model": "m", "seed": "${random_int(5, 5)}", "n": 1.50, "stop": null,
                 "messages": [{"role": "user", "content": "say ${random_words(2)}!"}],
                 "mixed": "${random_int(1, 1)}-${ {'a': '}'} }", "fixed": {"a": [1, "$x"]}}""");

        assertThat(overlaid.mistakes()).isEmpty();
        assertThat(overlaid.drawn(1))
                .matches("\\{\"model\":\"m\",\"seed\":5,\"n\":1\\.50,\"stop\":null,"
                        + "\"messages\":\\[\\{\"role\":\"user\",\"content\":\"say [a-z]+ [a-z]+!\"}],"
                        + "\"mixed\":\"1-\\{\\\\\"a\\\\\":\\\\\"}\\\\\"}\",\"fixed\":\\{\"a\": \\[1, \"\\$x\"]}}");
    }

    @Test
    void oneTextIsOneExpression() {
        Overlaid overlaid = template("\"{'prompt': random_words(3), 'seeds': [random_int(0, 9), 1]}\"");

        assertThat(overlaid.mistakes()).isEmpty();
        assertThat(overlaid.drawn(1)).matches("\\{\"prompt\":\"\\w+ \\w+ \\w+\",\"seeds\":\\[\\d,1]}");
    }

    @Test
    void drawsByTheGeneratorThatIsHandedIn() {
        Overlaid overlaid = template("{\"a\": \"${random_words(50)}\", \"b\": \"${random_int(0, 1000000)}\"}");

        assertThat(overlaid.drawn(1)).isEqualTo(overlaid.drawn(1)).isNotEqualTo(overlaid.drawn(2));
        JsonValue drawn = JsonValue.parse(Bytes.utf8(overlaid.drawn(3)));
        assertThat(drawn.at("/a").flatMap(JsonValue::text).orElseThrow().split(" "))
                .hasSize(50);
        assertThat(drawn.at("/b").orElseThrow().numeric().orElseThrow()).isBetween(0.0, 1e6);
    }

    @Test
    void tellsWhereAnExpressionIsWrong() {
        assertThat(template("{\"a\": [\"x ${random_int(1)}\"], \"b/c\": \"é${payload.x}\", \"d\": \"ab${1\"}")
                        .mistakes())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("/benchmark/template/a/0 14 found no matching overload"),
                        second -> assertThat(second)
                                .startsWith("/benchmark/template/b~1c 3 undeclared reference to 'payload'"),
                        third -> assertThat(third).isEqualTo("/benchmark/template/d 2 found '${' without its '}'"));
        assertThat(template("\"1 + 2\"").mistakes())
                .singleElement()
                .asString()
                .startsWith("/benchmark/template 0 found an expression of type int; expected an object");
        assertThat(template("[1]").mistakes()).singleElement().asString().contains("expected an object");
    }
}
