package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.util.Optional;

/// Prices a text request by the tokens it may generate at most.
final class TokenPrice {
    /// The platform's price for a request that cannot be priced.
    static final double UNKNOWN = 100;

    private TokenPrice() {}

    /// `max_tokens`, a numeric string read as its number; 0 where it is absent or null; [#UNKNOWN] for anything that is
    /// not a finite number of 0 or more.
    static double of(JsonValue content) {
        if (!(content instanceof JsonObject object)) {
            return UNKNOWN;
        }
        Optional<JsonValue> maxTokens = object.get("max_tokens").filter(value -> !value.isNull());
        if (maxTokens.isEmpty()) {
            return 0;
        }
        double tokens = maxTokens.get().numeric().orElse(UNKNOWN);
        return tokens >= 0 && tokens < Double.POSITIVE_INFINITY ? tokens : UNKNOWN;
    }
}
