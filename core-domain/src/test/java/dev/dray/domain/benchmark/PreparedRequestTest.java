package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelBody;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedRequestTest {
    private static PreparedRequest request(ModelBody body) {
        return new PreparedRequest("/v1/completions", body, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ }", " {\"a\": [1, {}]} \n", "{\"stream\": false}", "{\"a\": \"}\"}"})
    void aStreamIsAskedForBesideAllThatWasAsked(String json) {
        PreparedRequest streamed = request(ModelBody.json(Bytes.utf8(json))).streamed();

        Bytes sent = ((ModelBody.Whole) streamed.body()).bytes();
        var payload = new RequestPayload(JsonValue.parse(sent));
        assertThat(payload.numeric("/stream")).hasValue(1);
        assertThat(sent.utf8Text())
                .startsWith(json.substring(0, json.lastIndexOf('}')).stripTrailing());
        assertThat(streamed.units()).isEqualTo(10);
    }

    @Test
    void whatIsNoObjectStaysAsItIs() {
        PreparedRequest list = request(ModelBody.json(Bytes.utf8("[1]")));
        PreparedRequest form = request(new ModelBody.Form(List.of(new FormPart.Text("a", "b"))));

        assertThat(list.streamed()).isEqualTo(list);
        assertThat(form.streamed()).isEqualTo(form);
    }
}
