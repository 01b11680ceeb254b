package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Route;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// Payload → field and message, in the words that the platform's clients know.
final class RefusalTableTest {
    private static final Map<String, Route> ROUTES = AllRoutes.byPath();

    private static Map<String, String> check(String path, String payload) {
        Route route = Objects.requireNonNull(ROUTES.get(path), path);
        return route.check(RequestPayload.of(Repeats.resolved(payload)));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}: {3}")
    @CsvFileSource(resources = "refusals.txt", delimiter = '|', quoteCharacter = '~')
    void refusesEachPayload(String path, String payload, String field, String message) {
        assertThat(check(path, payload)).containsExactly(Map.entry(field, message));
    }

    @ParameterizedTest(name = "{0} {1} passes")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/completions          | {"max_tokens": "many", "prompt": 5}
            /v1/chat/completions     | [1]
            /v1/embeddings           | {}
            /v1/audio/speech         | {"input": "hi", "ref_audio": ""}
            /v1/audio/speech         | {"input": "hi", "ref_audio": null, "ref_audio_2": []}
            /v1/audio/speech         | {"input": "hi", "ref_audio": [null, "HTTPS://x/a"]}
            /v1/audio/speech         | {"input": "hi", "ref_audio": "Data:audio/wav;base64,AAAA"}
            /v1/audio/speech         | {"input": "hi", "ref_audio": "https:\\/\\/[::1]:8\\/a"}
            /v1/audio/speech         | {"input": "hi", "references": [{"text": "t"}, {"audio_path": null}]}
            /v1/audio/speech         | {"input": "hi", "ref_audio": ["http://x"]*16}
            /v1/audio/speech/batch   | {"items": [{"ref_audio": ""}, {"ref_audio": null}], "ref_audio": ""}
            /v1/audio/speech/batch   | {"items": []}
            /v1/audio/transcriptions | {"file": "AAAA", "filename": "clip.MP3"}
            /v1/audio/transcriptions | {"file": "data:,AA=="}
            /v1/audio/transcriptions | {"file": "A*34952532AA=="}
            /v1/audio/transcriptions | {"file": "AAAA", "filename": ""}
            /v1/images/edits         | {"url": "https://x/a.png"}
            /v1/images/edits         | {"image": "AAAA", "url": "", "filename": null}
            /v1/images/edits         | {"image": ["AAAA"]*16}
            /v1/videos/sync          | {"image_reference": [{"file_id": "f"}, {"image_url": null}]}
            /v1/videos/sync          | {"input_references": ["AAAA"], "source_audio": "AAAA", "video_noise_mask": "e30="}
            """)
    void letsEachPayloadPass(String path, String payload) {
        assertThat(check(path, payload)).isEmpty();
    }

    @Test
    void takesTheLongestFileWithLineBreaksAfterEach76Characters() {
        String line = "A".repeat(76) + "\\r\\n";

        // 26,214,400 bytes are 34,952,534 digits, and two characters of padding.
        String end = "A".repeat(58) + "==\\r\\n";
        assertThat(check("/v1/audio/transcriptions", "{\"file\": \"" + line.repeat(459_901) + end + "\"}"))
                .isEmpty();
    }

    @Test
    void refusesAFormOfNothingWhereNoModelIsKnown() {
        Route videos = Objects.requireNonNull(
                AllRoutes.byPath(FakePluginContext.builder()).get("/v1/videos/sync"));

        assertThat(videos.check(RequestPayload.of("{\"seed\": null, \"\": 5}")))
                .containsExactly(Map.entry("payload", "must have a field"));
        assertThat(videos.check(RequestPayload.of("{\"seed\": 5}"))).isEmpty();
    }
}
