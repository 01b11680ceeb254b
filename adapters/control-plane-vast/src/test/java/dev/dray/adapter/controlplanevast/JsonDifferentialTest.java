package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the JSON reader of the ports against Jackson, on random texts and on texts broken at random.
class JsonDifferentialTest {
    private static final int TEXTS_PER_SEED = 20;
    private static final String PIECES = "{}[]:,\"\\ \n\t-+.0123456789eEtruefalsnINiy/x\u0000\u001f";

    private static final ObjectMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonValue.MAX_DEPTH)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatJacksonReads(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < TEXTS_PER_SEED; i++) {
            byte[] text = utf8(new RandomJson(random).text());
            Optional<JsonNode> expected = jackson(text);
            assertThat(expected)
                    .as("made valid: %s", new String(text, StandardCharsets.UTF_8))
                    .isPresent();
            compare(text, expected);
            for (int broken = 0; broken < 4; broken++) {
                byte[] mutated = mutate(text, random);
                if (!hasLoneSurrogate(mutated)) {
                    compare(mutated, jackson(mutated));
                }
            }
        }
    }

    private static void compare(byte[] text, Optional<JsonNode> expected) {
        String shown = new String(text, StandardCharsets.ISO_8859_1);
        Optional<JsonValue> ours = ours(text);
        assertThat(ours.isPresent()).as("accepted: <%s>", shown).isEqualTo(expected.isPresent());
        if (ours.isPresent()) {
            assertSame(ours.get(), expected.orElseThrow(), shown);
            assertSamePointers(ours.get(), ours.get(), expected.orElseThrow(), "");
        }
    }

    // A range in the middle of an array, so that looking past its end shows.
    private static Optional<JsonValue> ours(byte[] text) {
        byte[] framed = new byte[text.length + 20];
        Arrays.fill(framed, (byte) '"');
        System.arraycopy(text, 0, framed, 10, text.length);
        try {
            return Optional.of(JsonValue.parse(new Bytes(framed, 10, text.length)));
        } catch (InvalidJsonException e) {
            assertThat(e.offset()).isBetween(0, text.length);
            return Optional.empty();
        }
    }

    /// Jackson's verdict, where it keeps to RFC 8259 and UTF-8: it also reads a byte order mark, UTF-16, UTF-32, `INF`
    /// and signed infinities, and takes an empty text for "missing".
    private static Optional<JsonNode> jackson(byte[] text) {
        if (!isUtf8(text) || startsWithMark(text) || hasNul(text)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JACKSON.readTree(new ByteArrayInputStream(text));
            return node.isMissingNode() || usesJacksonsOwnWords(text) ? Optional.empty() : Optional.of(node);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    // RFC 8259 §8.2 lets them pass, and so do Python and we; Jackson refuses some.
    private static boolean hasLoneSurrogate(byte[] text) {
        String pairsGone = new String(text, StandardCharsets.ISO_8859_1)
                .replace("\\\\", "")
                .replaceAll("(?i)\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2}", "");
        return pairsGone.matches("(?is).*\\\\ud[89a-f][0-9a-f]{2}.*");
    }

    private static boolean startsWithMark(byte[] text) {
        return text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf;
    }

    private static boolean hasNul(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0;
    }

    private static boolean usesJacksonsOwnWords(byte[] text) {
        String outsideStrings = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\"(\\\\.|[^\"\\\\])*+\"", "");
        return outsideStrings.matches("(?s).*(\\+I|INF|-NaN).*");
    }

    private static void assertSame(JsonValue ours, JsonNode theirs, String shown) {
        switch (ours) {
            case JsonString string -> assertThat(string.value()).as(shown).isEqualTo(theirs.textValue());
            // Boxed, since NaN is to equal NaN; plus zero, since -0 is an integer to Jackson and has no sign.
            case JsonNumber number ->
                assertThat(Double.valueOf(number.value() + 0.0))
                        .as(shown)
                        .isEqualTo(Double.valueOf(theirs.doubleValue() + 0.0));
            case JsonBoolean bool -> assertThat(bool.value()).as(shown).isEqualTo(theirs.booleanValue());
            case JsonNull _ -> assertThat(theirs.isNull()).as(shown).isTrue();
            case JsonArray array -> {
                List<JsonValue> elements = array.elements();
                assertThat(elements).as(shown).hasSize(theirs.size());
                for (int i = 0; i < theirs.size(); i++) {
                    assertSame(elements.get(i), theirs.get(i), shown);
                }
            }
            case JsonObject object -> {
                assertThat(object.members().stream().map(JsonValue.Member::name).distinct())
                        .as(shown)
                        .containsExactlyInAnyOrderElementsOf(() -> theirs.fieldNames());
                theirs.properties()
                        .forEach(member ->
                                assertSame(object.get(member.getKey()).orElseThrow(), member.getValue(), shown));
            }
        }
    }

    private static void assertSamePointers(JsonValue root, JsonValue ours, JsonNode theirs, String pointer) {
        assertThat(root.at(pointer).orElseThrow().source()).as(pointer).isEqualTo(ours.source());
        if (theirs.isArray()) {
            for (int i = 0; i < theirs.size(); i++) {
                String below = pointer + "/" + i;
                assertSamePointers(root, root.at(below).orElseThrow(), theirs.get(i), below);
            }
        } else {
            theirs.properties().forEach(member -> {
                String below =
                        pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
                assertSamePointers(root, root.at(below).orElseThrow(), member.getValue(), below);
            });
        }
    }

    private static byte[] mutate(byte[] text, SplittableRandom random) {
        byte[] mutated = text.clone();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes && mutated.length > 0; i++) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(mutated, at);
                case 1 -> spliced(mutated, at, at + 1, "");
                case 2 -> spliced(mutated, at, at, piece(random));
                default -> flipped(mutated, at, random);
            };
        }
        return mutated;
    }

    private static String piece(SplittableRandom random) {
        return String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
    }

    private static byte[] flipped(byte[] text, int at, SplittableRandom random) {
        byte[] flipped = text.clone();
        flipped[at] = (byte) random.nextInt(256);
        return flipped;
    }

    private static byte[] spliced(byte[] text, int from, int to, String piece) {
        byte[] inserted = utf8(piece);
        byte[] spliced = new byte[from + inserted.length + text.length - to];
        System.arraycopy(text, 0, spliced, 0, from);
        System.arraycopy(inserted, 0, spliced, from, inserted.length);
        System.arraycopy(text, to, spliced, from + inserted.length, text.length - to);
        return spliced;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long[] seeds() {
        return new SplittableRandom(2).longs(200).toArray();
    }
}
