package dev.dray.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import java.util.Optional;

/// The JSON scan and its look-ups accept what a tree parser accepts, and find what it finds.
public final class JsonFuzz {
    private JsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (JacksonJson.isNoJudge(input)) {
            ours(input).ifPresent(value -> value.at("/a/0/b"));
            return;
        }
        Optional<JsonNode> theirs = JacksonJson.tree(input);
        Optional<JsonValue> ours = ours(input);
        Promise.same(ours.isPresent(), theirs.isPresent(), "what is JSON to us is JSON");
        ours.ifPresent(value -> {
            JacksonJson.requireSame(value, theirs.orElseThrow());
            requireSamePointers(value, theirs.orElseThrow(), "", 0);
        });
    }

    // In the middle of a larger array: whoever looks past the end finds quotes.
    private static Optional<JsonValue> ours(byte[] input) {
        byte[] framed = new byte[input.length + 16];
        java.util.Arrays.fill(framed, (byte) '"');
        System.arraycopy(input, 0, framed, 8, input.length);
        try {
            return Optional.of(JsonValue.parse(new Bytes(framed, 8, input.length)));
        } catch (InvalidJsonException refused) {
            Promise.hold(refused.offset() >= 0 && refused.offset() <= input.length, "a fault lies within the text");
            return Optional.empty();
        }
    }

    private static void requireSamePointers(JsonValue root, JsonNode theirs, String pointer, int depth) {
        JsonValue found = root.at(pointer).orElseThrow();
        JacksonJson.requireSame(found, theirs);
        // Every step walks the text again: deeper ones find no more than these.
        if (depth == 4) {
            return;
        }
        if (theirs.isArray()) {
            for (int i = 0; i < theirs.size(); i++) {
                requireSamePointers(root, theirs.get(i), pointer + "/" + i, depth + 1);
            }
            Promise.hold(root.at(pointer + "/" + theirs.size()).isEmpty(), "there is nothing behind the last element");
        }
        theirs.properties()
                .forEach(member -> requireSamePointers(
                        root,
                        member.getValue(),
                        pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                        depth + 1));
    }
}
