package dev.dray.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.List;
import java.util.Optional;

/// A tree parser as the judge of ours that builds none.
public final class JacksonJson {
    private static final ObjectMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonValue.MAX_DEPTH)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JacksonJson() {}

    /// Whether Jackson is no judge of this text: it reads encodings and words that RFC 8259 has not, and refuses
    /// surrogates without a partner, which RFC 8259 §8.2 lets pass.
    public static boolean isNoJudge(byte[] text) {
        String plain = new String(text, StandardCharsets.ISO_8859_1);
        boolean mark = plain.startsWith("\u00ef\u00bb\u00bf");
        boolean words =
                plain.contains("+I") || plain.contains("INF") || plain.contains("-NaN") || plain.contains("-nan");
        boolean surrogates = plain.toLowerCase(java.util.Locale.ROOT).contains("\\ud");
        return mark || words || surrogates || plain.indexOf('\0') >= 0;
    }

    /// The tree of a text; empty where it is no JSON.
    public static Optional<JsonNode> tree(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            JsonNode node = JACKSON.readTree(new ByteArrayInputStream(text));
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /// Whether both say the same, values, names and numbers.
    public static void requireSame(JsonValue ours, JsonNode theirs) {
        switch (ours) {
            case JsonString string -> Promise.same(string.value(), theirs.textValue(), "strings are the same");
            case JsonNumber number -> requireSame(number.value(), theirs);
            case JsonBoolean bool -> Promise.hold(theirs.isBoolean() && bool.value() == theirs.booleanValue(), "truth");
            case JsonNull _ -> Promise.hold(theirs.isNull(), "null is null");
            case JsonArray array -> {
                List<JsonValue> elements = array.elements();
                Promise.hold(theirs.isArray(), "an array is one");
                Promise.same(elements.size(), theirs.size(), "arrays are as long");
                for (int i = 0; i < elements.size(); i++) {
                    requireSame(elements.get(i), theirs.get(i));
                }
            }
            case JsonObject object -> {
                Promise.hold(theirs.isObject(), "an object is one");
                long names = object.members().stream()
                        .map(JsonValue.Member::name)
                        .distinct()
                        .count();
                Promise.same(names, (long) theirs.size(), "objects have the same members");
                theirs.properties()
                        .forEach(member ->
                                requireSame(object.get(member.getKey()).orElseThrow(), member.getValue()));
            }
        }
    }

    // Minus zero is an integer to Jackson, and has no sign.
    private static void requireSame(double ours, JsonNode theirs) {
        Promise.hold(theirs.isNumber(), "a number is one");
        Promise.hold(Double.compare(ours + 0.0, theirs.doubleValue() + 0.0) == 0, "numbers are the same");
    }
}
