package dev.dray.adapter.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dray.fuzz.JacksonJson;
import dev.dray.fuzz.Pieces;
import dev.dray.fuzz.Promise;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The reading of a stream finds the same however its bytes are cut, and where every event is JSON it counts those that
/// a tree parser finds text in.
public final class TokenFuzz {
    private static final ResponseHead STREAM =
            new ResponseHead(200, List.of(new HeaderField("Content-Type", "text/event-stream")));
    private static final Set<String> TEXTS =
            Set.of("content", "text", "reasoning_content", "reasoning", "arguments", "thinking");

    private TokenFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Pieces pieces = Pieces.of(input);
        byte[] whole = pieces.whole();
        var once = TokenReader.of(STREAM);
        once.read(whole, 0, whole.length);
        var cut = TokenReader.of(STREAM);
        pieces.each(cut::read);
        Promise.same(cut.events(), once.events(), "events are the same however they are cut");
        Promise.same(cut.input(), once.input(), "tokens of the prompt are the same however they are cut");
        Promise.same(cut.output(), once.output(), "tokens written are the same however they are cut");
        compare(new String(whole, StandardCharsets.UTF_8).split("\r\n|\n|\r", -1), once);
    }

    private static void compare(String[] lines, TokenReader reader) {
        long events = 0;
        for (String line : lines) {
            if (!line.startsWith("data:")) {
                continue;
            }
            byte[] text = line.substring(5).getBytes(StandardCharsets.UTF_8);
            // Names with escapes and 'delta', which changes how text is counted, are left to the tests.
            var tree = line.contains("\\") || line.contains("delta") || JacksonJson.isNoJudge(text)
                    ? java.util.Optional.<JsonNode>empty()
                    : JacksonJson.tree(text);
            if (tree.isEmpty()) {
                return;
            }
            events += hasText(tree.get(), text) ? 1 : 0;
        }
        Promise.same(reader.events(), events, "events with text are counted");
    }

    // A name that stands twice is there twice for a scan, and once in a tree: then the tree is no judge.
    private static boolean hasText(JsonNode node, byte[] text) {
        if (node.isObject()) {
            for (var member : node.properties()) {
                boolean named = TEXTS.contains(member.getKey());
                if ((named
                                && !member.getValue().asText("").isEmpty()
                                && member.getValue().isTextual())
                        || hasText(member.getValue(), text)) {
                    return true;
                }
            }
        }
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            if (hasText(element, text)) {
                return true;
            }
        }
        return false;
    }
}
