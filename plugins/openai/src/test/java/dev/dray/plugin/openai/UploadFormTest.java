package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.FormPart;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a payload that passes: its form.
final class UploadFormTest {
    private static final Map<String, Route> ROUTES = AllRoutes.byPath();
    private static final String AUDIO = "/v1/audio/transcriptions";
    private static final String EDITS = "/v1/images/edits";
    private static final String VIDEOS = "/v1/videos/sync";

    private static List<String> form(String path, String payload) {
        return form(ROUTES, path, payload);
    }

    // Texts as name=value, files as name=fileName;type;length.
    private static List<String> form(Map<String, Route> routes, String path, String payload) {
        Route route = Objects.requireNonNull(routes.get(path), path);
        RequestPayload parsed = RequestPayload.of(payload);
        assertThat(route.check(parsed)).isEmpty();
        return ((ModelRequest.Multipart) route.request(parsed))
                .parts().stream().map(UploadFormTest::shown).toList();
    }

    private static String shown(FormPart part) {
        return switch (part) {
            case FormPart.Text(String name, String value) -> name + "=" + value;
            case FormPart.File file ->
                "%s=%s;%s;%d"
                        .formatted(
                                file.name(),
                                file.fileName(),
                                file.contentType(),
                                file.content().length());
        };
    }

    @Test
    void sendsTheFileFirstThenEveryOtherMemberAsAField() {
        assertThat(form(AUDIO, """
                {"language": "en", "file": "AAAA", "filename": "a.mp3", "temperature": 0.10, "stream": true,
                 "word": false, "prompt": "h\\u00e9\\n", "none": null, "options": {"a": [1, null]},
                 "timestamp_granularities[]": ["word", "segment"], "empty": "", "mixed": [1, null, {"a": 2}, []]}
                """))
                .containsExactly(
                        "file=a.mp3;audio/mpeg;3",
                        "language=en",
                        "temperature=0.10",
                        "stream=true",
                        "word=false",
                        "prompt=hé\n",
                        "options={\"a\": [1, null]}",
                        "timestamp_granularities[]=word",
                        "timestamp_granularities[]=segment",
                        "empty=",
                        "mixed=1",
                        "mixed={\"a\": 2}",
                        "mixed=[]",
                        "model=some/model");
    }

    @ParameterizedTest(name = "model {0} is sent as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            "given" | given
            ""      | some/model
            null    | some/model
            """)
    void fillsInTheModelWhereTheClientNamesNone(String model, String sent) {
        assertThat(form(AUDIO, "{\"model\": " + model + ", \"file\": \"AAAA\"}"))
                .containsExactly("file=audio.wav;audio/wav;3", "model=" + sent);
    }

    @Test
    void sendsNoModelWhereNoneIsKnown() {
        Map<String, Route> nameless = AllRoutes.byPath(FakePluginContext.builder());

        assertThat(form(nameless, AUDIO, "{\"input\": {\"file\": \"AA==\"}, \"x\": 1}"))
                .containsExactly("file=audio.wav;audio/wav;1");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            "../../etc/cron.d/x.wav"     | x.wav
            "a\\"\\r\\nX: 1.wav"         | a___X__1.wav
            ".hidden.wav"                | hidden.wav
            null                         | audio.wav
            ""                           | audio.wav
            "/"                          | audio.wav
            "  "                         | audio.wav
            "..."                        | audio.wav
            " Ton \u00e9\ud83d\ude00.WAV " | Ton___.WAV
            0                            | audio.wav
            "C:\\\\x\\\\y.wav"           | C__x_y.wav
            """)
    void reducesAFileNameToASafeOne(String given, String sent) {
        assertThat(form(AUDIO, "{\"file\": \"AAAA\", \"filename\": " + given + "}"))
                .contains("file=" + sent + ";audio/wav;3");
    }

    @Test
    void cutsOnlyTheStemOfALongFileName() {
        assertThat(form(AUDIO, "{\"file\": \"AAAA\", \"filename\": \"" + "a".repeat(140) + ".wav\"}"))
                .contains("file=" + "a".repeat(128) + ".wav;audio/wav;3");
    }

    @Test
    void sendsSeveralImagesUnderOneNameEachWithItsOwn() {
        assertThat(form(EDITS, """
                {"image": ["AAAA", "AAA=", "AA=="], "filename": ["a.png", "b.jpg"], "mask": "AAAA",
                 "mask_filename": "m.webp", "url": "", "prompt": "p", "n": 1}
                """))
                .containsExactly(
                        "image=a.png;image/png;3",
                        "image=b.jpg;image/jpeg;2",
                        "image=image.png;image/png;1",
                        "mask=m.webp;image/webp;3",
                        "prompt=p",
                        "n=1",
                        "model=some/model");
    }

    @Test
    void aSingleNameIsTheFirstImages() {
        assertThat(form(EDITS, "{\"image\": [\"AAAA\", \"AAAA\"], \"filename\": \"a.jpeg\"}"))
                .startsWith("image=a.jpeg;image/jpeg;3", "image=image.png;image/png;3");
    }

    @Test
    void passesReferencesOn() {
        assertThat(form(EDITS, "{\"url[]\": [\"https://x/a\", \"https://x/b\"], \"prompt\": \"p\"}"))
                .containsExactly("url[]=https://x/a", "url[]=https://x/b", "prompt=p", "model=some/model");
    }

    @Test
    void sendsEachFileOfAVideoByItsOwnName() {
        assertThat(form(VIDEOS, """
                {"prompt": "a cat", "source_audio": "AAAA", "input_reference": "AAAA",
                 "input_reference_filename": "cat.jpg", "input_references": ["AAAA", "AAAA"],
                 "input_references_filename": ["clip.mp4", "voice.wav"], "video_noise_mask": "e30=",
                 "source_video": "AAAA", "num_frames": 33}
                """))
                .containsExactly(
                        "input_reference=cat.jpg;image/jpeg;3",
                        "input_references=clip.mp4;video/mp4;3",
                        "input_references=voice.wav;audio/wav;3",
                        "source_video=video.mp4;video/mp4;3",
                        "source_audio=audio.wav;audio/wav;3",
                        "video_noise_mask=mask.json;application/json;2",
                        "prompt=a cat",
                        "num_frames=33",
                        "model=some/model");
    }

    @Test
    void sendsAListOfReferenceObjectsAsOneField() {
        assertThat(form(VIDEOS, """
                {"image_reference": [{"image_url": "https://x/a.png"}, {"file_id": "f"}],
                 "video_reference": {"file_id": "g"}}
                """))
                .containsExactly(
                        "image_reference=[{\"image_url\": \"https://x/a.png\"}, {\"file_id\": \"f\"}]",
                        "video_reference={\"file_id\": \"g\"}",
                        "model=some/model");
    }

    @Test
    void readsTheLastOfTwoMembersAsItsCheckDoes() {
        assertThat(form(AUDIO, "{\"file\": 5, \"file\": \"AAAA\", \"filename\": \"x.exe\", \"filename\": \"x.ogg\"}"))
                .startsWith("file=x.ogg;audio/ogg;3");
    }
}
