package dev.dray.adapter.telemetry;

/// What a route does, in the words of OpenTelemetry's conventions for generative AI (`gen_ai.operation.name`).
enum GenAiOperation {
    CHAT("chat"),
    TEXT_COMPLETION("text_completion"),
    EMBEDDINGS("embeddings"),
    /// Pictures, sound and all else.
    GENERATE_CONTENT("generate_content");

    private final String word;

    GenAiOperation(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// Tells it by the path's end, as the engines' routes are named.
    static GenAiOperation of(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.endsWith("/chat/completions")) {
            return CHAT;
        }
        return switch (last) {
            case "messages", "responses", "chat" -> CHAT;
            case "completions", "completion", "generate", "generate_stream" -> TEXT_COMPLETION;
            case "embeddings", "embedding", "embed" -> EMBEDDINGS;
            default -> GENERATE_CONTENT;
        };
    }
}
