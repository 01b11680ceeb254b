package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WrappedInputTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"input": {"a": 1}}                           | {"a": 1}
            {"input":{ "a" :1.0,"b":[1e2] } ,"x":1}       | { "a" :1.0,"b":[1e2] }
            {"x": {"input": 1}, "input":   {"z": "\\u00e9é"}  } | {"z": "\\u00e9é"}
            {"input": {"a": 1, "a": 2}}                   | {"a": 1, "a": 2}
            {"input": {"a": 1}, "input": {"b": 2}}        | {"b": 2}
            {"input": {"input": {"a": 1}}}                | {"input": {"a": 1}}
            {"\\u0069nput": {"a": 1}}                     | {"a": 1}
            {"input": {}}                                 | {}
            {"input": "text"}                             | "text"
            {"input": ["a", "b"]}                         | ["a", "b"]
            {"input": 12345678901234567890.10}            | 12345678901234567890.10
            {"input": false}                              | false
            """)
    void sendsTheInputsOwnBytes(String payload, String sent) {
        ModelRequest request = WrappedInput.ANYTHING.request(RequestPayload.of(payload));

        assertThat(request).isEqualTo(ModelRequest.json(Bytes.utf8(sent)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt\": \"hello\"}",
                "{\"input\": null}",
                "{\"input\": {\"a\": 1}, \"input\": null}",
                "{\"Input\": {\"a\": 1}}",
                "{\"x\": {\"input\": {\"a\": 1}}}",
                "null",
                "\"input\"",
                "[{\"input\": {\"a\": 1}}]"
            })
    void leavesAPayloadWithoutInputUntouched(String payload) {
        RequestPayload parsed = RequestPayload.of(payload);

        assertThat(WrappedInput.ANYTHING.request(parsed)).isEqualTo(ModelRequest.unchanged());
        assertThat(WrappedInput.ANYTHING.content(parsed)).isEqualTo(parsed.value());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"input": {"a": 1}}               | {"a": 1}
            {"input": {"input": "hi"}}        | {"input": "hi"}
            {"input": {"input": {"a": 1}}}    | {"input": {"a": 1}}
            {"input": "hi"}                   | {"input": "hi"}
            {"input": ["hi", "ho"]}           | {"input": ["hi", "ho"]}
            {"input": null}                   | {"input": null}
            {"a": 1}                          | {"a": 1}
            {"input": {"a": 1}, "input": "x"} | {"input": {"a": 1}, "input": "x"}
            """)
    void takesOnlyAnObjectWhereInputIsAFieldOfTheModelServers(String payload, String content) {
        RequestPayload parsed = RequestPayload.of(payload);

        assertThat(WrappedInput.OBJECT.content(parsed).source().utf8Text()).isEqualTo(content);
        assertThat(WrappedInput.OBJECT.request(parsed))
                .isEqualTo(payload.equals(content) ? ModelRequest.unchanged() : ModelRequest.json(Bytes.utf8(content)));
    }

    @Test
    void sharesTheClientsArrayInsteadOfCopyingIt() {
        byte[] body = Bytes.utf8("###{\"input\": {\"a\": 1}}###").array();
        var payload = new RequestPayload(JsonValue.parse(new Bytes(body, 3, body.length - 6)));

        ModelRequest request = WrappedInput.ANYTHING.request(payload);

        assertThat(request).isInstanceOfSatisfying(ModelRequest.Json.class, json -> {
            assertThat(json.body().array()).isSameAs(body);
            assertThat(json.body().offset()).isEqualTo(13);
            assertThat(json.body().length()).isEqualTo(8);
        });
    }

    @Test
    void carriesMegabytesUnchanged() {
        String input = "{\"prompt\": \"" + "\u4e2d".repeat(1_000_000) + "\", \"max_tokens\": 5}";
        RequestPayload payload = RequestPayload.of("{\"input\": " + input + "}");

        assertThat(WrappedInput.ANYTHING.request(payload)).isEqualTo(ModelRequest.json(Bytes.utf8(input)));
    }
}
