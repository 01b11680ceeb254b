package dev.dray.adapter.telemetry;

import java.nio.charset.StandardCharsets;

/// The members of an answer that tell of tokens.
enum Member {
    /// A piece of text, where it is a string: OpenAI's chat (`content`, `reasoning_content`, a tool's `arguments`) and
    /// completions (`text`), TGI's token, llama.cpp's own `content`, Anthropic's `text` and `thinking`.
    TEXT,
    /// A piece of text in OpenAI's `/v1/responses`.
    DELTA,
    /// Tokens of the prompt: `usage` of OpenAI and Anthropic, llama.cpp's `tokens_evaluated`.
    INPUT,
    /// Tokens written: `usage`, TGI's `details`, llama.cpp's `tokens_predicted`.
    OUTPUT,
    /// llama.cpp's `timings`: leaves out what it had cached.
    TIMED_INPUT,
    TIMED_OUTPUT,
    OTHER;

    private static final long CONTENT = hash("content");
    private static final long TEXT_NAME = hash("text");
    private static final long REASONING_CONTENT = hash("reasoning_content");
    private static final long REASONING = hash("reasoning");
    private static final long ARGUMENTS = hash("arguments");
    private static final long THINKING = hash("thinking");
    private static final long DELTA_NAME = hash("delta");
    private static final long PROMPT_TOKENS = hash("prompt_tokens");
    private static final long INPUT_TOKENS = hash("input_tokens");
    private static final long TOKENS_EVALUATED = hash("tokens_evaluated");
    private static final long COMPLETION_TOKENS = hash("completion_tokens");
    private static final long OUTPUT_TOKENS = hash("output_tokens");
    private static final long GENERATED_TOKENS = hash("generated_tokens");
    private static final long TOKENS_PREDICTED = hash("tokens_predicted");
    private static final long PROMPT_N = hash("prompt_n");
    private static final long PREDICTED_N = hash("predicted_n");

    /// What a name means, by its hash: a wrong name with a right one's hash would be counted, and does not occur.
    static Member of(long hash) {
        if (hash == CONTENT
                || hash == TEXT_NAME
                || hash == REASONING_CONTENT
                || hash == REASONING
                || hash == ARGUMENTS
                || hash == THINKING) {
            return TEXT;
        }
        if (hash == DELTA_NAME) {
            return DELTA;
        }
        if (hash == PROMPT_TOKENS || hash == INPUT_TOKENS || hash == TOKENS_EVALUATED) {
            return INPUT;
        }
        if (hash == COMPLETION_TOKENS
                || hash == OUTPUT_TOKENS
                || hash == GENERATED_TOKENS
                || hash == TOKENS_PREDICTED) {
            return OUTPUT;
        }
        if (hash == PROMPT_N) {
            return TIMED_INPUT;
        }
        return hash == PREDICTED_N ? TIMED_OUTPUT : OTHER;
    }

    boolean isText() {
        return this == TEXT || this == DELTA;
    }

    /// The hash of a name with one more byte.
    static long hash(long before, byte next) {
        return before * 131 + next;
    }

    private static long hash(String name) {
        long hash = 0;
        for (byte each : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = hash(hash, each);
        }
        return hash;
    }
}
