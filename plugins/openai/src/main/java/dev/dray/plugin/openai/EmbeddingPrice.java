package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;

/// Prices embeddings by the characters of `input`: a text, or a list of texts, of tokens, or of lists
/// of tokens.
///
/// @param reference characters of a reference request, more than 0
record EmbeddingPrice(int reference) {
    private static final int CHARACTERS_OF_A_TOKEN = 4;

    double of(JsonObject content) {
        long characters = content.get("input").map(EmbeddingPrice::characters).orElse(0L);
        return RequestUnits.of((double) characters, reference);
    }

    private static long characters(JsonValue input) {
        return input instanceof JsonArray list
                ? Elements.sum(list, EmbeddingPrice::charactersOfItem)
                : charactersOfItem(input);
    }

    private static long charactersOfItem(JsonValue item) {
        return switch (item) {
            case JsonValue.JsonString text -> TextLength.of(text);
            case JsonArray tokens -> CHARACTERS_OF_A_TOKEN * Elements.count(tokens);
            case JsonValue.JsonNumber _, JsonValue.JsonBoolean _ -> CHARACTERS_OF_A_TOKEN;
            case JsonObject _, JsonValue.JsonNull _ -> 0;
        };
    }
}
