package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarkUploadsTest {
    private static Route measured(String path) {
        return OpenAiFamily.start(
                        Engine.VLLM,
                        FakePluginContext.builder()
                                .environment("MODEL_NAME", "some/model")
                                .environment("BENCHMARK_SPEECH_VOICE", "alloy")
                                .environment("BENCHMARK_ROUTE", path)
                                .build())
                .routes()
                .stream()
                .filter(route -> route.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static RequestPayload next(Route route, int seed) {
        BenchmarkPlan plan = route.benchmark().orElseThrow();
        return new RequestPayload(JsonValue.parse(plan.payloads().next(new SplittableRandom(seed))));
    }

    private static ModelRequest.Multipart form(Route route, int seed) {
        return (ModelRequest.Multipart)
                route.benchmark().orElseThrow().payloads().request(next(route, seed));
    }

    private static byte[] content(FormPart.File file) throws IOException {
        var out = new ByteArrayOutputStream();
        file.content().writeTo(out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(KnownRoute.class)
    void everyBenchmarkPayloadPassesItsCheckAndCostsAboutOneReferenceRequest(KnownRoute known) {
        Route route = measured(known.path());

        for (int seed = 0; seed < 5; seed++) {
            RequestPayload payload = next(route, seed);
            assertThat(route.check(payload)).isEmpty();
            assertThat(route.workload(payload)).isBetween(490.0, 530.0);
            assertThat(payload.text("/model")).contains("some/model");
        }
    }

    @ParameterizedTest
    @EnumSource(KnownRoute.class)
    void noTwoPayloadsAreTheSame(KnownRoute known) {
        Route route = measured(known.path());
        var random = new SplittableRandom(3);
        Set<Bytes> seen = new HashSet<>();

        for (int i = 0; i < 5; i++) {
            assertThat(seen.add(route.benchmark().orElseThrow().payloads().next(random)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/audio/speech", "/v1/audio/speech/batch"})
    void speechIsAskedForInTheVoiceThatIsSet(String path) {
        assertThat(next(measured(path), 1).text("/voice")).contains("alloy");
    }

    @Test
    void aPictureOfAMillionRandomPixelsIsEdited() throws IOException {
        ModelRequest.Multipart form = form(measured("/v1/images/edits"), 1);

        var file = (FormPart.File) form.parts().getFirst();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(content(file)));
        assertThat(file.name()).isEqualTo("image");
        assertThat(file.fileName()).isEqualTo("image.png");
        assertThat(file.contentType()).isEqualTo("image/png");
        assertThat(picture.getWidth()).isEqualTo(1_024);
        assertThat(picture.getHeight()).isEqualTo(1_024);
        assertThat(picture.getColorModel().getNumComponents()).isEqualTo(3);
        // One tile, over and over.
        assertThat(picture.getRGB(5, 7)).isEqualTo(picture.getRGB(5 + 64, 7 + 15 * 64));
        assertThat(Arrays.stream(picture.getRGB(0, 0, 64, 64, null, 0, 64)).distinct())
                .hasSizeGreaterThan(4_000);
        assertThat(form.parts()).extracting(FormPart::name).containsExactly("image", "model", "prompt", "size", "n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/audio/transcriptions", "/v1/audio/translations"})
    void thirtySecondsOfSomethingLikeSpeechAreWrittenDown(String path)
            throws IOException, UnsupportedAudioFileException {
        var file = (FormPart.File) form(measured(path), 1).parts().getFirst();

        assertThat(file.fileName()).isEqualTo("benchmark.wav");
        assertThat(file.contentType()).isEqualTo("audio/wav");
        AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(content(file)));
        assertThat(audio.getFormat().getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
        assertThat(audio.getFormat().getSampleRate()).isEqualTo(16_000);
        assertThat(audio.getFormat().getChannels()).isEqualTo(1);
        assertThat(audio.getFormat().getSampleSizeInBits()).isEqualTo(16);
        assertThat(audio.getFrameLength()).isEqualTo(30 * 16_000);
        assertThat(loudTenths(audio.readAllBytes())).isBetween(100, 280);
    }

    @Test
    void onlyTheLastEightBytesOfTheSpeechAreNew() throws IOException {
        Route route = measured("/v1/audio/transcriptions");
        byte[] one = content((FormPart.File) form(route, 1).parts().getFirst());
        byte[] other = content((FormPart.File) form(route, 2).parts().getFirst());

        assertThat(Arrays.mismatch(one, other)).isBetween(one.length - 8, one.length - 1);
    }

    // Speech has pauses: of the 300 tenths of a second some are loud, some are not.
    private static int loudTenths(byte[] samples) {
        int loud = 0;
        for (int from = 0; from < samples.length; from += 3_200) {
            int peak = 0;
            for (int at = from; at < from + 3_200; at += 2) {
                peak = Math.max(peak, Math.abs((samples[at + 1] << 8) | (samples[at] & 0xFF)));
            }
            loud += peak > 500 ? 1 : 0;
        }
        return loud;
    }
}
