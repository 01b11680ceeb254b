package dev.dray.plugin.openai;

import java.util.Map;

/// Why a payload is not passed on.
///
/// @param field   of the payload
/// @param message in the words that the platform's clients know
record Refusal(String field, String message) {
    /// As a route answers it.
    Map<String, String> asCheck() {
        return Map.of(field, message);
    }
}
