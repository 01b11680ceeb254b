package dev.dray.app.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.RequestId;
import dev.dray.model.RequestPayload;

/// The OpenAI API's words for one generation: server-sent events or one JSON text.
///
/// @param id        of the request
/// @param chat      whether it is a chat completion
/// @param stream    whether the client wants events
/// @param usage     whether a stream ends with the token counts (`stream_options.include_usage`)
/// @param model     name echoed to the client
/// @param maxTokens tokens to generate
record CompletionFormat(RequestId id, boolean chat, boolean stream, boolean usage, String model, int maxTokens) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEFAULT_TOKENS = 16;
    private static final int MOST_TOKENS = 100_000;

    static CompletionFormat of(RequestId id, String path, RequestPayload payload) {
        double asked = payload.numeric("/max_tokens")
                .orElse(payload.numeric("/max_completion_tokens").orElse(DEFAULT_TOKENS));
        return new CompletionFormat(
                id,
                path.endsWith("/chat/completions"),
                payload.numeric("/stream").orElse(0) == 1,
                payload.numeric("/stream_options/include_usage").orElse(0) == 1,
                payload.text("/model").orElse("demo"),
                (int) Math.clamp(asked, 1, MOST_TOKENS));
    }

    /// One event with one token.
    String event(String token, boolean last) {
        ObjectNode root = root(chat ? "chat.completion.chunk" : "text_completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        if (chat) {
            choice.putObject("delta").put("content", token);
        } else {
            choice.put("text", token);
        }
        choice.put("finish_reason", last ? "length" : null);
        return "data: " + root + "\n\n";
    }

    /// What ends a stream.
    String lastEvents() {
        if (!usage) {
            return "data: [DONE]\n\n";
        }
        ObjectNode root = root(chat ? "chat.completion.chunk" : "text_completion");
        root.putArray("choices");
        addUsage(root);
        return "data: " + root + "\n\ndata: [DONE]\n\n";
    }

    /// The whole answer in one JSON text.
    String whole(String text) {
        ObjectNode root = root(chat ? "chat.completion" : "text_completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        if (chat) {
            choice.putObject("message").put("role", "assistant").put("content", text);
        } else {
            choice.put("text", text);
        }
        choice.put("finish_reason", "length");
        addUsage(root);
        return root.toString();
    }

    private ObjectNode root(String object) {
        return JSON.createObjectNode()
                .put("id", (chat ? "chatcmpl-" : "cmpl-") + id)
                .put("object", object)
                .put("model", model);
    }

    private void addUsage(ObjectNode root) {
        root.putObject("usage")
                .put("prompt_tokens", 0)
                .put("completion_tokens", maxTokens)
                .put("total_tokens", maxTokens);
    }
}
