package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;

/// Prices chats and completions by the tokens they may generate at most.
final class TokenPrice {
    /// Where a batch sets no limit.
    private static final double TOKENS = 500;

    private TokenPrice() {}

    /// `max_tokens`, a numeric string read as its number; 0 where it is absent or null; the platform's
    /// price for what
    /// cannot be priced where it is not a finite number of 0 or more.
    static double of(JsonObject content) {
        Optional<JsonValue> maxTokens = content.get("max_tokens").filter(value -> !value.isNull());
        if (maxTokens.isEmpty()) {
            return 0;
        }
        return tokens(maxTokens.get()).orElse(JsonRoute.UNKNOWN_PRICE);
    }

    /// Each conversation of a batch may take the limit for itself.
    static double ofBatch(JsonObject content) {
        Members members = Members.of(content, "messages", "max_tokens", "max_completion_tokens");
        double each = limit(members, "max_tokens")
                .orElseGet(() -> limit(members, "max_completion_tokens").orElse(TOKENS));
        return RequestUnits.of(each * (double) conversations(members), RequestUnits.REFERENCE);
    }

    private static Optional<Double> limit(Members members, String name) {
        return members.get(name).flatMap(value -> {
            OptionalDouble tokens = tokens(value);
            return tokens.isPresent() ? Optional.of(tokens.getAsDouble()) : Optional.empty();
        });
    }

    private static OptionalDouble tokens(JsonValue limit) {
        OptionalDouble tokens = limit.numeric();
        return tokens.isPresent() && tokens.getAsDouble() >= 0 && Double.isFinite(tokens.getAsDouble())
                ? tokens
                : OptionalDouble.empty();
    }

    private static long conversations(Members members) {
        return members.get("messages").orElse(null) instanceof JsonArray list ? Elements.count(list) : 0;
    }
}
