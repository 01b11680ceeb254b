package dev.dray.plugin.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            payload.input | {"input": {"a" : 1.50}} | {"a" : 1.50}
            {'inputs': payload.prompt} | {"prompt": "hé \\"x\\" \\n"} | {"inputs":"hé \\"x\\" \\u000a"}
            {'a': payload.x, 'b': [payload.x, 1, 2.5, true, null]} | {"x": {"k" :1e2}} | {"a":{"k" :1e2},"b":[{"k" :1e2},1,2.5,true,null]}
            {'t': payload.t} | {"t": "\\ud800"} | {"t":"\\ud800"}
            {'t': payload.t} | {"t": "😀"} | {"t":"😀"}
            merge(payload, {'model': 'm'}) | {"model": "x", "n": 1, "o": {"p" : 2}} | {"model":"m","n":1,"o":{"p" : 2}}
            merge({'model': 'm'}, payload) | {"model": "x"} | {"model":"x"}
            {?'n': payload.?n, 'm': payload.?m.orValue(3)} | {} | {"m":3}
            {} | {"a": 1} | {}
            {'l': payload.l.filter(x, x > 1)} | {"l": [1, 2, 3]} | {"l":[2,3]}
            """)
    void makesTheRequestOfThePayload(String expression, String payload, String sent) {
        Overlaid overlaid = Overlaid.request(expression);

        assertThat(overlaid.mistakes()).isEmpty();
        assertThat(overlaid.route().check(RequestPayload.of(payload))).isEmpty();
        assertThat(overlaid.sent(payload)).isEqualTo(sent);
    }

    @Test
    void aPayloadThatComesOutAsItWentInIsUnchanged() {
        assertThat(Overlaid.request("has(payload.input) ? payload.input : payload")
                        .route()
                        .request(RequestPayload.of("{\"a\": 1}")))
                .isInstanceOf(ModelRequest.Unchanged.class);
    }

    @Test
    void whatThePayloadLacksIsTheClientsMistake() {
        assertThat(Overlaid.request("{'a': payload.b}").route().check(RequestPayload.of("{\"c\": \"secret\"}")))
                .containsOnlyKeys("payload")
                .extractingByKey("payload")
                .asString()
                .contains("'b'")
                .doesNotContain("secret")
                .doesNotContain("<input>");
        assertThat(Overlaid.request("payload.input").route().check(RequestPayload.of("{\"input\": 3}")))
                .containsEntry("payload", "the request for the model server made of it is no object");
    }

    @Test
    void whatJsonDoesNotHaveIsTheExpressionsMistake() {
        Overlaid overlaid = Overlaid.request("{'a': payload.n / 0.0}");

        assertThatThrownBy(() -> overlaid.sent("{\"n\": 1.0}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'request' of route /r failed: found the number Infinity, which JSON does not have");
        assertThatThrownBy(() -> Overlaid.request("{'a': payload.?b}").sent("{}"))
                .hasMessageContaining("orValue");
    }
}
