package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.FormPart;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes, however they are written in base64 and in JSON: the part holds them.
final class UploadPropertyTest {
    private static final Route EDITS = Objects.requireNonNull(AllRoutes.byPath().get("/v1/images/edits"));
    private static final String[] SPACES = {" ", "\t", "\n", "\r\n", "\f", "\u000b", "    "};

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsHoldTheBytesThatWereSent(int seed) throws IOException {
        var random = new SplittableRandom(seed);
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            var file = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 50)];
            random.nextBytes(file);
            files.add(file);
        }
        String images = files.stream()
                .map(file -> '"' + escaped(prefixed(spaced(file, random), random), random) + '"')
                .collect(Collectors.joining(", ", "[", "]"));
        var payload = RequestPayload.of("{\"prompt\": \"p\", \"image\": " + images + "}");

        assertThat(EDITS.check(payload)).isEmpty();
        List<byte[]> sent = new ArrayList<>();
        for (FormPart part : ((ModelRequest.Multipart) EDITS.request(payload)).parts()) {
            if (part instanceof FormPart.File file) {
                var out = new ByteArrayOutputStream();
                file.content().writeTo(out);
                assertThat(file.content().length()).isEqualTo(out.size());
                sent.add(out.toByteArray());
            }
        }
        assertThat(sent).containsExactlyElementsOf(files);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneForeignCharacterAnywhereIsRefused(int seed) {
        var random = new SplittableRandom(seed);
        var file = new byte[3 + random.nextInt(60)];
        random.nextBytes(file);
        String good = spaced(file, random);
        int at = random.nextInt(good.length() + 1);
        String[] foreign = {"-", "_", "!", "\u00e9", "\u0000", "%", ",", "\ud83d\ude00", "\\"};
        String bad = good.substring(0, at) + foreign[random.nextInt(foreign.length)] + good.substring(at);

        var payload = RequestPayload.of("{\"image\": \"" + escaped(bad, random) + "\"}");

        assertThat(EDITS.check(payload)).containsEntry("image", "not valid base64");
    }

    private static String spaced(byte[] file, SplittableRandom random) {
        String plain = Base64.getEncoder().encodeToString(file);
        int often = random.nextInt(3) == 0 ? 5 : 1_000;
        var text = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            text.append(plain.charAt(i))
                    .append(random.nextInt(often) == 0 ? SPACES[random.nextInt(SPACES.length)] : "");
        }
        return text.toString();
    }

    private static String prefixed(String base64, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> "data:image/png;base64," + base64;
            case 1 -> "DaTa:," + base64;
            default -> base64;
        };
    }

    // Each character as it is, with a short escape, or by its number, wherever JSON allows that.
    private static String escaped(String text, SplittableRandom random) {
        int often = random.nextInt(3) == 0 ? 4 : 1_000;
        var json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (random.nextInt(often) == 0 || c == '\u000b' || c == 0) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            case '\f' -> "\\f";
                            case '\\' -> "\\\\";
                            case '/' -> random.nextBoolean() ? "\\/" : "/";
                            default -> c;
                        });
            }
        }
        return json.toString();
    }
}
