package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmptyTextsTest {
    private static final Map<String, Route> ROUTES = AllRoutes.byPath();

    @ParameterizedTest(name = "{0} {1} goes on as {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/audio/speech       | {"input": "hi", "ref_audio": ""}                           | {"input":"hi"}
            /v1/audio/speech       | {"ref_audio": "", "a": [1, {"ref_audio": ""}], "ref_audio_2":""} | {"a":[1, {"ref_audio": ""}]}
            /v1/audio/speech       | {"ref_audio": "/etc/passwd", "n": 1.0, "ref_audio": ""}    | {"n":1.0}
            /v1/audio/speech       | {"input": {"input": "hi", "ref\\u005faudio": ""}, "x": 1}   | {"input":"hi"}
            /v1/audio/speech/batch | {"items": [{"input": "a", "ref_audio": ""}, {"b": 1}], "ref_audio": ""} | {"items":[{"input":"a"},{"b":1}]}
            /v1/audio/speech/batch | {"items": [{"ref_audio": "https://x/a"}], "ref_audio": "", "ref_audio_2": ""} | {"items":[{"ref_audio":"https://x/a"}],"ref_audio_2":""}
            """)
    void takesEmptyReferencesOut(String path, String payload, String sent) {
        Route route = Objects.requireNonNull(ROUTES.get(path), path);

        assertThat(route.request(RequestPayload.of(payload))).isEqualTo(ModelRequest.json(Bytes.utf8(sent)));
    }

    @ParameterizedTest(name = "{0} {1} goes on untouched")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/audio/speech       | {"input": "hi", "ref_audio": "https://x/a"}
            /v1/audio/speech       | {"input": "hi", "ref_audio": "", "ref_audio": "https://x/a"}
            /v1/audio/speech       | {"input": "", "references": ""}
            /v1/audio/speech/batch | {"items": [{"input": ""}], "ref_audio": null}
            /v1/embeddings         | {"input": "", "ref_audio": ""}
            """)
    void leavesEverythingElseAlone(String path, String payload) {
        Route route = Objects.requireNonNull(ROUTES.get(path), path);

        assertThat(route.request(RequestPayload.of(payload))).isEqualTo(ModelRequest.unchanged());
    }
}
