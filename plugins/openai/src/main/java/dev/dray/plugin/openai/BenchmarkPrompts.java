package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes what a benchmark sends. Each text is new, so that no prefix cache of the model server answers in its place.
///
/// @param words     where the texts come from
/// @param modelName the model to ask for; empty: the payload names none
record BenchmarkPrompts(RandomWords words, Optional<String> modelName) {
    private static final int PROMPT_WORDS = 250;
    private static final int MAX_TOKENS = 500;

    Bytes completion(RandomGenerator random) {
        return payload("\"prompt\": " + JsonText.quoted(words.text(PROMPT_WORDS, random)));
    }

    Bytes chat(RandomGenerator random) {
        String content = JsonText.quoted(words.text(PROMPT_WORDS, random));
        return payload("\"messages\": [{\"role\": \"user\", \"content\": " + content + "}]");
    }

    private Bytes payload(String prompt) {
        String model = modelName
                .map(name -> "\"model\": " + JsonText.quoted(name) + ", ")
                .orElse("");
        return Bytes.utf8("{" + model + prompt + ", \"temperature\": 0.7, \"max_tokens\": " + MAX_TOKENS + "}");
    }
}
